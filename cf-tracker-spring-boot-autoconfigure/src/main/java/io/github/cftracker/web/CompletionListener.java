package io.github.cftracker.web;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Listener that tracks the response when an asynchronous request ends. Containers call
 * {@code onComplete} twice for some requests, and forget listeners when a dispatch starts
 * anew.
 */
final class CompletionListener implements AsyncListener {

	private final AtomicBoolean completed = new AtomicBoolean();

	private final ResponseTracker tracker;

	private final TrackedRequest request;

	private final HttpServletResponse response;

	CompletionListener(ResponseTracker tracker, TrackedRequest request, HttpServletResponse response) {
		this.tracker = tracker;
		this.request = request;
		this.response = response;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (this.completed.compareAndSet(false, true)) {
			this.tracker.track(this.request, this.response, true);
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
