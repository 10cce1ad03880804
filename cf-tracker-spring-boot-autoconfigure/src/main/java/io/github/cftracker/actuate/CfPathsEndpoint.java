package io.github.cftracker.actuate;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.cftracker.CacheTag;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.TimeLimitedStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Endpoint that lists and untracks paths.
 */
@WebEndpoint(id = CfPathsEndpoint.ID)
public class CfPathsEndpoint {

	/**
	 * Id of the endpoint.
	 */
	public static final String ID = "cfpaths";

	private static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 10_000;

	private final TimeLimitedStore store;

	private final @Nullable PathRecorder recorder;

	/**
	 * Create an endpoint.
	 * @param store the store
	 * @param recorder the paths that this node has recorded, {@code null} if the
	 * application has its own tracker
	 */
	public CfPathsEndpoint(TimeLimitedStore store, @Nullable PathRecorder recorder) {
		this.store = store;
		this.recorder = recorder;
	}

	/**
	 * Return tracked paths.
	 * @param prefix prefix of the paths, all if absent
	 * @param limit maximum number of paths, 1 to 10,000
	 * @return the paths, sorted if all that match are shown
	 */
	@ReadOperation
	public WebEndpointResponse<Object> paths(@Nullable String prefix, @Nullable String limit) {
		Integer max = (limit != null) ? parse(limit) : Integer.valueOf(DEFAULT_LIMIT);
		if (max == null || max < 1 || max > MAX_LIMIT) {
			return ErrorBody.badRequest("limit", "'%s' is not a number between 1 and %d".formatted(limit, MAX_LIMIT));
		}
		try {
			return new WebEndpointResponse<>(new PathsBody(this.store.scan((prefix != null) ? prefix : "/", max)
				.stream()
				.sorted(Comparator.comparing(TrackedPath::path))
				.map((path) -> new PathBody(path.path(), path.expiresAt(), path.route(), sorted(path.tags())))
				.toList()));
		}
		catch (StoreUnavailableException ex) {
			return ErrorBody.unavailable(ex);
		}
	}

	private static @Nullable List<String> sorted(Collection<String> tags) {
		return tags.isEmpty() ? null : tags.stream().filter((tag) -> !CacheTag.UNSENT.equals(tag)).sorted().toList();
	}

	private static @Nullable Integer parse(String limit) {
		try {
			return Integer.valueOf(limit);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Untrack a path.
	 * @param path the path as it is listed
	 * @return nothing, or the reason why it could not be untracked
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> untrack(@Nullable String path) {
		if (path == null || !path.startsWith("/")) {
			return ErrorBody.badRequest("path", "The path to untrack is required and must start with '/'");
		}
		try {
			if (this.recorder != null) {
				// A change that is not written yet would track it again
				this.store.run(this.recorder::flush);
			}
			this.store.untrack(List.of(path));
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		catch (StoreUnavailableException ex) {
			return ErrorBody.unavailable(ex);
		}
	}

	record PathsBody(List<PathBody> paths) implements OperationResponseBody {
	}

	@JsonInclude(Include.ALWAYS)
	record PathBody(String path, @Nullable Instant expiresAt, @JsonInclude(Include.NON_NULL) @Nullable String route,
			@JsonInclude(Include.NON_NULL) @Nullable List<String> tags) {
	}

}
