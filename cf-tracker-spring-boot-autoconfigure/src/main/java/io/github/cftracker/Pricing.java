package io.github.cftracker;

import java.math.BigDecimal;

/**
 * What invalidations cost: an estimate from above, because the first 1,000 items a month
 * are free, which AWS counts per account and nobody else can know.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PayingForInvalidation.html">Pay
 * for file invalidation</a>
 */
public final class Pricing {

	private static final BigDecimal USD_PER_ITEM = new BigDecimal("0.005");

	private Pricing() {
	}

	/**
	 * The price of items beyond the free ones.
	 * @param items how many
	 * @return US dollars
	 */
	public static BigDecimal usd(long items) {
		return USD_PER_ITEM.multiply(BigDecimal.valueOf(items));
	}

}
