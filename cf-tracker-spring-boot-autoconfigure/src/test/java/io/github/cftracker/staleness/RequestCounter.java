package io.github.cftracker.staleness;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Counts requests. Filters may be at work after the viewer has the response.
 */
final class RequestCounter extends ValveBase {

	private final AtomicInteger requests = new AtomicInteger();

	RequestCounter() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		this.requests.incrementAndGet();
		try {
			getNext().invoke(request, response);
		}
		finally {
			this.requests.decrementAndGet();
		}
	}

	boolean areComplete() {
		return this.requests.get() == 0;
	}

}
