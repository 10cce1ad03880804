package io.github.cftracker.sample;

import java.math.BigDecimal;

record Product(int id, String name, String description, BigDecimal price, int version) {
}
