package io.github.cftracker.run;

import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.WildcardSafety;

/**
 * Distribution as runs see it.
 */
public interface CurrentDistribution {

	/**
	 * Read the settings again. If that fails or takes more than a few seconds, the last
	 * known settings stay in effect, which is a finding.
	 */
	void refresh();

	/**
	 * Return which wildcards may be chosen. May wait for a few seconds while the settings
	 * are read for the first time.
	 * @return the rule, with the settings as far as they are known
	 */
	WildcardSafety safety();

	/**
	 * Return whether a tag can be invalidated by its name. May wait like
	 * {@link #safety()}.
	 * @return whether CloudFront knows the tags of responses
	 */
	boolean knowsTags();

	/**
	 * Return the findings that may leave objects in the cache after a run.
	 * @return the current findings
	 */
	List<Finding> findings();

}
