package io.github.cftracker.redis;

/**
 * The names of our keys. All keys of a distribution share a hash tag, so that a cluster
 * keeps them in one slot and a script may use several.
 *
 * @param prefix {@code cf.tracker.key-prefix}
 * @param distributionId the distribution
 */
public record RedisKeys(String prefix, String distributionId) {

	/**
	 * A sorted set: path, and when it expires in ms by Redis' clock.
	 */
	String paths() {
		return key("paths");
	}

	/**
	 * The version of this layout.
	 */
	String schema() {
		return key("schema");
	}

	/**
	 * A sorted set: id of a claim, and when its node last touched it in ms.
	 */
	String claims() {
		return key("claims");
	}

	/**
	 * A sorted set like the paths, with those that a run has claimed.
	 */
	String claim(String id) {
		return key("claim:") + id;
	}

	/**
	 * A set of claimed paths that were untracked since.
	 */
	String untracked(String claimId) {
		return claim(claimId) + ":untracked";
	}

	private String key(String name) {
		return "%s:{%s}:%s".formatted(this.prefix, this.distributionId, name);
	}

}
