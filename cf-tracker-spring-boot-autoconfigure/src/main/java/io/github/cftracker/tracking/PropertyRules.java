package io.github.cftracker.tracking;

import java.util.Set;

import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the properties, as long as the distribution is unknown.
 */
final class PropertyRules implements RuleSet {

	private final BehaviorRules rules;

	private final Set<String> methods;

	private final WildcardSafety safety;

	private final String originPath;

	private final boolean headerMayBeForged;

	PropertyRules(TrackingSettings settings, RequestFindings findings) {
		this.methods = settings.methods();
		this.headerMayBeForged = !settings.secret();
		this.safety = new WildcardSafety(settings.protectedPrefixes(), null);
		this.originPath = (settings.originPath() != null) ? settings.originPath() : "";
		this.rules = new BehaviorRules(null, new TrackingPolicy(settings.methods(), settings.lifetimes()),
				new PathMapping(settings.queryStrings(), "", this.safety), findings, false);
	}

	@Override
	public Set<String> methods() {
		return this.methods;
	}

	@Override
	public boolean distinguishOrigins() {
		return false;
	}

	@Override
	public @Nullable RequestRules of(OriginRequest request) {
		String viewerPath = request.viewerPath();
		String path = (viewerPath != null) ? viewerPath : request.pathWithout(this.originPath);
		return (path != null) ? new RequestRules(this.rules, path, request.viewerQuery(),
				this.headerMayBeForged && viewerPath != null) : null;
	}

	@Override
	public WildcardSafety safety() {
		return this.safety;
	}

}
