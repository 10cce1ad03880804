package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.run.CurrentDistribution;
import io.github.cftracker.tracking.TrackingRules;
import org.jspecify.annotations.Nullable;

/**
 * Distribution as the mirror has read it.
 *
 * @param mirror reads the settings, {@code null} if nothing does
 * @param rules the rules that follow from the settings
 * @param tagHeader the response header with the tags of pages, {@code null} if there is
 * none
 * @param doctor collects the findings
 */
record MirroredDistribution(@Nullable DistributionMirror mirror, TrackingRules rules, @Nullable String tagHeader,
		DistributionDoctor doctor) implements CurrentDistribution {

	/**
	 * How long to wait for the first reading of the settings.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(5);

	@Override
	public void refresh() {
		if (this.mirror != null) {
			this.mirror.refresh(REFRESH_PATIENCE);
		}
	}

	@Override
	public WildcardSafety safety() {
		if (this.mirror != null) {
			// A wildcard must not be chosen over another origin that is about to be known
			this.mirror.await(PATIENCE);
		}
		return this.rules.safety();
	}

	@Override
	public boolean knowsTags() {
		if (this.tagHeader == null) {
			return false;
		}
		Distribution known = safety().distribution();
		return known == null || known.readsTagsFrom(this.tagHeader);
	}

	@Override
	public List<Finding> findings() {
		return this.doctor.findingsOfRuns();
	}

}
