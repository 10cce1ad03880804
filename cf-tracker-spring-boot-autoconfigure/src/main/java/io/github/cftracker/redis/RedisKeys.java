package io.github.cftracker.redis;

/**
 * Names of the tracker's keys. All keys of a distribution share a hash tag, so that a
 * cluster keeps them in one slot and a script may use several.
 *
 * @param prefix {@code cf.tracker.key-prefix}
 * @param distributionId the distribution
 */
public record RedisKeys(String prefix, String distributionId) {

	/**
	 * A sorted set: path, and when it expires in ms by Redis' clock, with the number of
	 * its route as the fraction.
	 */
	String paths() {
		return key("paths");
	}

	/**
	 * A set: tracked wildcards, with some that are no longer tracked. A run must know
	 * them without reading all paths.
	 */
	String wildcards() {
		return key("wildcards");
	}

	/**
	 * A hash: route, and its number, 1 to 1,022.
	 */
	String routes() {
		return key("routes");
	}

	/**
	 * A hash: tracked or claimed path, and its cache tags, separated by spaces. How many
	 * tags it holds altogether is in {@code tag-count}.
	 */
	String tags() {
		return key("tags");
	}

	/**
	 * A set: paths that have a cache tag.
	 */
	String tag(String tag) {
		return key("tag:") + tag;
	}

	/**
	 * The version of this layout.
	 */
	String schema() {
		return key("schema");
	}

	/**
	 * A string: the number of a node's last write of a kind.
	 */
	String number(String kind, String node) {
		return key("number:") + kind + ":" + node;
	}

	/**
	 * A string: when a tracked path was last taken away or its lifetime shortened, or a
	 * batch accepted, in µs. What a node knew before that may have changed.
	 */
	String removed() {
		return key("removed");
	}

	/**
	 * A sorted set: id of a claim, and when its node last touched it in ms; infinity for
	 * those of runs in the ledger, which are never abandoned.
	 */
	String claims() {
		return key("claims");
	}

	/**
	 * A sorted set like the paths, with those that a run has claimed, or the items of a
	 * frozen batch under its caller reference.
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

	/**
	 * A hash: which node carries out runs (holder, token), until when (ms), and a
	 * counter.
	 */
	String lease() {
		return key("lease");
	}

	/**
	 * A list: ids of runs that wait, the oldest first.
	 */
	String waiting() {
		return key("waiting");
	}

	/**
	 * A sorted set: ids of all known runs, in the order of their requests.
	 */
	String runs() {
		return key("runs");
	}

	/**
	 * A sorted set: ids of runs that have something to be done, and since when in ms.
	 */
	String unfinished() {
		return key("unfinished");
	}

	/**
	 * A sorted set: ids of runs that were given up with a batch of unknown outcome.
	 */
	String unsettled() {
		return key("unsettled");
	}

	/**
	 * A sorted set: ids of runs, and when their last batch was accepted in ms.
	 */
	String accepted() {
		return key("accepted");
	}

	/**
	 * A sorted set: late path, and when its response began in ms.
	 */
	String late() {
		return key("late");
	}

	/**
	 * A hash: what is used of CloudFront's quotas, until when in ms, and when that was
	 * written in a field that ends in {@code :at}.
	 */
	String pace() {
		return key("pace");
	}

	/**
	 * A string: the version of the distribution's settings that a node has read last.
	 */
	String settings() {
		return key("settings");
	}

	/**
	 * A string: how many items and wildcards CloudFront takes in one call, while larger
	 * batches are known to be refused.
	 */
	String batchLimit() {
		return key("batch-limit");
	}

	/**
	 * A string: why CloudFront refuses everything.
	 */
	String refusal() {
		return key("refusal");
	}

	/**
	 * A hash: a run. With an empty id, what all of them begin with.
	 */
	String run(String id) {
		return key("run:") + id;
	}

	/**
	 * A list: what a run sends beside its claimed paths, in order.
	 */
	String plan(String runId) {
		return key("plan:") + runId;
	}

	/**
	 * A string: how many items CloudFront has accepted in a month, such as
	 * {@code 2026-11}.
	 */
	String billed(String month) {
		return key("billed:") + month;
	}

	/**
	 * A set: wildcards and tags of a run that CloudFront has accepted.
	 */
	String acceptedCovering(String runId) {
		return key("accepted-covering:") + runId;
	}

	/**
	 * A hash: kind of a warning about the server that applies, and when in seconds and
	 * with which text it was logged.
	 */
	String warnings() {
		return key("warnings");
	}

	/**
	 * A string that exists once something has happened that may happen once.
	 */
	String once(String name) {
		return key("once:") + name;
	}

	private String key(String name) {
		return "%s:{%s}:%s".formatted(this.prefix, this.distributionId, name);
	}

}
