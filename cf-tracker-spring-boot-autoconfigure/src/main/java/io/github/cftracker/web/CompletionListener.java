package io.github.cftracker.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the end of an asynchronous request. Containers call {@code onComplete} twice
 * for some requests, and forget listeners when a dispatch starts anew.
 */
final class CompletionListener implements AsyncListener {

	private final AtomicBoolean completed = new AtomicBoolean();

	private final Runnable action;

	CompletionListener(Runnable action) {
		this.action = action;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (this.completed.compareAndSet(false, true)) {
			this.action.run();
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
	}

}
