package io.github.cftracker;

import java.math.BigDecimal;

/**
 * Price of invalidations, an upper estimate. Free items are not deducted, because AWS
 * counts them per account, and what else the account invalidates is unknown.
 *
 * @param usdPerItem the price of an item beyond the free ones, in US dollars
 * @param freeItems the number of items per month and account that AWS does not bill
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PayingForInvalidation.html">Pay
 * for file invalidation</a>
 */
public record Pricing(BigDecimal usdPerItem, long freeItems) {

	/**
	 * Price without a flat-rate plan, outside of China.
	 */
	public static final Pricing PAY_AS_YOU_GO = new Pricing(new BigDecimal("0.005"), 1000);

	public Pricing {
		if (usdPerItem.signum() < 0) {
			throw new IllegalArgumentException("The price must not be negative, but is '%s'".formatted(usdPerItem));
		}
		if (freeItems < 0) {
			throw new IllegalArgumentException(
					"The number of free items must not be negative, but is '%d'".formatted(freeItems));
		}
	}

	/**
	 * Return the price of items beyond the free ones.
	 * @param items the number of items
	 * @return US dollars
	 */
	public BigDecimal usd(long items) {
		return this.usdPerItem.multiply(BigDecimal.valueOf(items));
	}

	/**
	 * Return whether AWS certainly bills items that are sent together.
	 * @param items the number of items
	 * @return whether there are more than the free ones, and they have a price
	 */
	public boolean bills(long items) {
		return items > this.freeItems && this.usdPerItem.signum() > 0;
	}

}
