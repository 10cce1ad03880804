package io.github.cftracker.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.CacheTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which handler methods have {@link CacheTags}. Asked at every request, so it remembers
 * those that have none too.
 */
final class TaggedMethods {

	private static final Logger logger = LoggerFactory.getLogger(CacheTags.class);

	private final Map<Method, Optional<TagTemplates>> known = new ConcurrentHashMap<>();

	private volatile boolean any;

	/**
	 * Learns of a method.
	 * @throws IllegalStateException if one of its tags is malformed
	 */
	void add(Method method) {
		this.known.put(method, known(TagTemplates.of(method)));
	}

	/**
	 * Whether any method that was asked for has tags. Most applications have none.
	 */
	boolean any() {
		return this.any;
	}

	private Optional<TagTemplates> known(@Nullable TagTemplates templates) {
		if (templates != null) {
			this.any = true;
		}
		return Optional.ofNullable(templates);
	}

	@Nullable TagTemplates of(@Nullable Method method) {
		if (method == null) {
			return null;
		}
		Optional<TagTemplates> templates = this.known.get(method);
		return ((templates != null) ? templates : this.known.computeIfAbsent(method, this::addedLater)).orElse(null);
	}

	private Optional<TagTemplates> addedLater(Method method) {
		try {
			return known(TagTemplates.of(method));
		}
		catch (IllegalStateException ex) {
			// There is no start left to stop, and no page is to fail
			logger.warn("{}", ex.getMessage());
			return Optional.empty();
		}
	}

}
