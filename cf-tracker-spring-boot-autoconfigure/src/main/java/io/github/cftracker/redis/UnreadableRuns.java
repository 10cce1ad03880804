package io.github.cftracker.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.run.UnreadableRunException;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that cannot be read, because a newer version has written them in another form, or
 * something else has taken their key. Each is logged once.
 */
final class UnreadableRuns {

	/**
	 * Field that scripts return instead of those that they could not read.
	 */
	static final String UNREADABLE = "unreadable";

	private static final Logger logger = LoggerFactory.getLogger(UnreadableRuns.class);

	private final Set<String> ids = ConcurrentHashMap.newKeySet();

	/**
	 * Read a run.
	 * @throws UnreadableRunException if it cannot be read
	 */
	Run read(String id, Map<String, String> fields) {
		Run run = readPart(id, fields);
		if (this.ids.remove(id)) {
			logger.info("Run {} can be read again", id);
		}
		return run;
	}

	/**
	 * Read a run of which not all fields are there. What is missing may be unreadable.
	 * @throws UnreadableRunException if it cannot be read
	 */
	Run readPart(String id, Map<String, String> fields) {
		try {
			if (fields.containsKey(UNREADABLE)) {
				throw new IllegalArgumentException(fields.get(UNREADABLE));
			}
			return RunCodec.run(id, fields);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			String reason = LogText.clean(ex.getMessage());
			if (this.ids.add(id)) {
				logger.warn(
						"Could not read run {}, which may have been written by another version of cf-tracker. It is skipped: {}",
						id, reason);
			}
			throw new UnreadableRunException(id, reason);
		}
	}

	/**
	 * Forget a run that no longer exists.
	 */
	void forget(String id) {
		this.ids.remove(id);
	}

	List<String> ids() {
		return this.ids.stream().sorted().toList();
	}

}
