package io.github.cftracker.actuate;

import java.math.BigDecimal;

import io.github.cftracker.Pricing;

/**
 * Items sent this month, in UTC. An estimate, because AWS bills per account.
 *
 * @param paths how many items CloudFront has accepted
 * @param usd their price beyond the free ones
 */
record MonthBody(long paths, BigDecimal usd) {

	static MonthBody of(long items, Pricing pricing) {
		return new MonthBody(items, pricing.usd(items));
	}

}
