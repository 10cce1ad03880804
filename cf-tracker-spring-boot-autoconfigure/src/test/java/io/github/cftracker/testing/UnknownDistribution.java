package io.github.cftracker.testing;

import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.run.CurrentDistribution;

/**
 * A distribution of which nothing is known.
 *
 * @param protectedPrefixes prefixes that no wildcard may cover
 */
public record UnknownDistribution(List<String> protectedPrefixes) implements CurrentDistribution {

	@Override
	public void refresh() {
	}

	@Override
	public WildcardSafety safety() {
		return new WildcardSafety(this.protectedPrefixes, null);
	}

	@Override
	public boolean knowsTags() {
		return false;
	}

	@Override
	public List<Finding> findings() {
		return List.of();
	}

}
