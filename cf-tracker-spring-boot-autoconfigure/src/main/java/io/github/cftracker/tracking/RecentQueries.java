package io.github.cftracker.tracking;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions about requests with a query string since the last reading of the
 * distribution's settings. If these have changed, the decisions are made again, because
 * another part of the query string may belong to the cache key. Paths without a query
 * string are the same under each cache policy.
 * <p>
 * What it buys: no path is missed between a change of the settings and its reading, up to
 * an hour later, for at most 10,000 different requests in 5 MB. If there are more, the
 * change is reported as incomplete. Safe for use by several threads.
 */
final class RecentQueries {

	private static final Logger logger = LoggerFactory.getLogger(RecentQueries.class);

	private static final int MAX = 10_000;

	private volatile ConcurrentHashMap<String, Decisions> recent = new ConcurrentHashMap<>();

	private volatile @Nullable Map<String, Decisions> beforeReading;

	private volatile boolean full;

	/**
	 * Remember a decision, unless the latest one about the same request equals it.
	 * Otherwise thousands of new objects would be kept every second, which doubles the
	 * pauses of the garbage collector.
	 * @param target what was requested
	 * @param decision makes the decision again
	 */
	void remember(String target, Runnable decision) {
		ConcurrentHashMap<String, Decisions> recent = this.recent;
		Decisions known = recent.get(target);
		if (known != null) {
			known.add(decision);
		}
		else if (size() < MAX) {
			recent.putIfAbsent(target, new Decisions(decision));
		}
		else {
			this.full = true;
		}
	}

	boolean isEmpty() {
		return size() == 0;
	}

	private int size() {
		Map<String, Decisions> before = this.beforeReading;
		return this.recent.size() + ((before != null) ? before.size() : 0);
	}

	/**
	 * Called before the settings are read, because they may change after that.
	 */
	synchronized void reading() {
		if (this.beforeReading == null) {
			this.beforeReading = this.recent;
			this.recent = new ConcurrentHashMap<>();
		}
	}

	/**
	 * Called after the settings could not be read.
	 */
	synchronized void unread() {
		Map<String, Decisions> before = this.beforeReading;
		if (before != null) {
			before.forEach(this.recent::putIfAbsent);
			this.beforeReading = null;
		}
	}

	/**
	 * Called after the settings were read and are the same.
	 */
	synchronized void same() {
		this.beforeReading = null;
		this.full = false;
	}

	/**
	 * Make all decisions again, after the settings have changed.
	 * @return whether nothing was forgotten
	 */
	synchronized boolean decideAgain() {
		Map<String, Decisions> before = this.beforeReading;
		if (before != null) {
			before.values().forEach(Decisions::run);
		}
		this.recent.values().forEach(Decisions::run);
		boolean complete = !this.full;
		same();
		return complete;
	}

	/**
	 * First decision about a request, whose response may be late for a run, and latest
	 * one, whose response may be cached for longer.
	 */
	private static final class Decisions {

		private final Runnable first;

		private volatile Runnable latest;

		Decisions(Runnable first) {
			this.first = first;
			this.latest = first;
		}

		void add(Runnable decision) {
			if (!decision.equals(this.latest)) {
				this.latest = decision;
			}
		}

		void run() {
			make(this.first);
			Runnable latest = this.latest;
			if (latest != this.first) {
				make(latest);
			}
		}

		private static void make(Runnable decision) {
			try {
				decision.run();
			}
			catch (RuntimeException | Error ex) {
				logger.warn("Could not track a path", ex);
			}
		}

	}

}
