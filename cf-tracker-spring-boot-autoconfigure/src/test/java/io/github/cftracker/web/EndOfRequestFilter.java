package io.github.cftracker.web;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Around the {@link TrackingFilter}, so that a test can wait until that has decided, and
 * then say that it ignored a request.
 */
class EndOfRequestFilter extends OncePerRequestFilter {

	static final String ID_HEADER = "X-Test-Id";

	private final Set<String> ended = ConcurrentHashMap.newKeySet();

	/**
	 * Registers the filter outside the tracking filter, if the definition of the bean
	 * precedes that of the tracking filter.
	 * @return the registration
	 */
	static FilterRegistrationBean<EndOfRequestFilter> outermost() {
		FilterRegistrationBean<EndOfRequestFilter> registration = new Outermost(new EndOfRequestFilter());
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	boolean hasEnded(String id) {
		return this.ended.contains(id);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String id = Objects.toString(request.getHeader(ID_HEADER));
		try {
			chain.doFilter(request, response);
		}
		finally {
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new Completion(id));
			}
			else {
				this.ended.add(id);
			}
		}
	}

	private final class Completion implements AsyncListener {

		private final String id;

		Completion(String id) {
			this.id = id;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			EndOfRequestFilter.this.ended.add(this.id);
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

	private static final class Outermost extends FilterRegistrationBean<EndOfRequestFilter> implements PriorityOrdered {

		Outermost(EndOfRequestFilter filter) {
			super(filter);
		}

	}

}
