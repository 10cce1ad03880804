package io.github.cftracker.web;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.testing.NewThread;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Asynchronous without any help from Spring.
 */
class AsyncServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final String ROUND = "round";

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String page = request.getPathInfo();
		boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
		int round = first ? 1 : (Integer) request.getAttribute(ROUND) + 1;
		request.setAttribute(ROUND, round);
		switch (page) {
			case "/complete" -> complete(request.startAsync(), 200);
			case "/complete/not-found" -> complete(request.startAsync(), 404);
			case "/complete/at-once" -> {
				AsyncContext context = request.startAsync();
				response.getWriter().write("at once");
				context.complete();
			}
			case "/dispatch/twice" -> {
				if (round <= 2) {
					AsyncContext context = request.startAsync();
					CompletableFuture.runAsync(context::dispatch, NewThread.EACH);
				}
				else {
					response.getWriter().write("dispatched twice");
				}
			}
			case "/dispatch/twice/not-found" -> {
				if (round <= 2) {
					request.startAsync().dispatch();
				}
				else {
					response.sendError(404);
				}
			}
			case "/dispatch/complete" -> {
				AsyncContext context = request.startAsync();
				if (first) {
					context.dispatch();
				}
				else {
					complete(context, 200);
				}
			}
			case "/dispatch/other" -> request.startAsync().dispatch("/raw/other");
			case "/dispatch/slow" -> {
				if (first) {
					AsyncContext context = request.startAsync();
					CompletableFuture.runAsync(() -> {
						Pause.pause();
						context.dispatch();
					}, NewThread.EACH);
				}
				else {
					response.getWriter().write("dispatched late");
				}
			}
			case "/timeout" -> request.startAsync().setTimeout(50);
			case "/timeout/after-commit" -> {
				request.startAsync().setTimeout(50);
				response.flushBuffer();
			}
			case "/throws" -> {
				request.startAsync();
				throw new IllegalStateException("After startAsync");
			}
			default -> response.sendError(404);
		}
	}

	private static void complete(AsyncContext context, int status) {
		CompletableFuture.runAsync(() -> {
			((HttpServletResponse) context.getResponse()).setStatus(status);
			context.complete();
		}, NewThread.EACH);
	}

}
