package io.github.cftracker.benchmarks.alternatives;

/**
 * A way to invalidate the pages that have changed.
 */
interface Alternative extends AutoCloseable {

	/**
	 * Do what is done after each response.
	 * @param page the number of the page
	 */
	void record(int page);

	/**
	 * Invalidate {@linkplain Pages#isChanged changed} pages, and all others where they
	 * cannot be told apart. Return when CloudFront has accepted it.
	 */
	void invalidateChanged();

	/**
	 * Invalidate all pages. Return when CloudFront has accepted it.
	 */
	void invalidateAll();

	@Override
	void close();

}
