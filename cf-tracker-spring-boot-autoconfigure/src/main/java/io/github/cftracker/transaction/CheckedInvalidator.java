package io.github.cftracker.transaction;

import java.util.function.Consumer;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;

/**
 * Refuses what would make the whole run fail in which a request is merged with others,
 * and passes the rest on. No method calls another, so that a spy sees each request once.
 */
public class CheckedInvalidator implements AfterCommitInvalidator {

	private final Consumer<InvalidationRequest> delivery;

	private final Consumer<Selection> check;

	/**
	 * Create an invalidator.
	 * @param delivery takes requests, such as an {@link AfterCommit}
	 * @param check throws {@link InvalidRequestException} for what cannot be selected
	 */
	public CheckedInvalidator(Consumer<InvalidationRequest> delivery, Consumer<Selection> check) {
		this.delivery = delivery;
		this.check = check;
	}

	@Override
	public void invalidateAll() {
		this.delivery.accept(InvalidationRequest.ofEverything());
	}

	@Override
	public void invalidate(InvalidationRequest request) {
		if (request.once() != null) {
			throw new InvalidRequestException("once",
					"A request after a commit cannot happen once, because it is merged with others: use 'CloudFrontInvalidator'");
		}
		this.check.accept(request.selection());
		this.delivery.accept(request);
	}

}
