package com.example.reactive;

import org.springframework.data.annotation.Id;

/**
 * A row of the table.
 *
 * @param id the key
 * @param name what it is called
 */
record Product(@Id Long id, String name) {

}
