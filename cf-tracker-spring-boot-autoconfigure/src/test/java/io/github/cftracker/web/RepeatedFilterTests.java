package io.github.cftracker.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.ResponseTags.Collector;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.UntrackingNotFoundHandler;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import io.github.cftracker.web.RecordingTracker.Event;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The filter where a request comes by more than once.
 */
class RepeatedFilterTests {

	private static final FilterChain PAGE = (request, response) -> {
	};

	private final RecordingTracker tracker = new RecordingTracker();

	private final TrackingFilter filter = createFilter();

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/a");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void tracksOnceIfFilterIsInChainTwice() throws Exception {
		this.filter.doFilter(this.request, this.response,
				(request, response) -> this.filter.doFilter(request, response, PAGE));
		assertThat(this.tracker.events()).hasSize(1);
	}

	@Test
	void tracksOnceWithTwoFilters() throws Exception {
		TrackingFilter other = createFilter();
		this.filter.doFilter(this.request, this.response,
				(request, response) -> other.doFilter(request, response, PAGE));
		assertThat(this.tracker.events()).hasSize(1);
	}

	@Test
	void tracksThePathThatWasReceivedInsideAFilterThatWrapsTheRequest() throws Exception {
		this.filter.doFilter(new HttpServletRequestWrapper(this.request) {

			@Override
			public String getRequestURI() {
				return "/front/a";
			}

		}, this.response, PAGE);
		assertThat(this.tracker.events()).containsExactly(Event.track("/a", Duration.ofHours(1)));
	}

	@Test
	void recordsAnErrorPageAfterTheRequestOnlyForAnotherStatus() throws Exception {
		this.filter.doFilter(this.request, this.response,
				(request, response) -> ((HttpServletResponse) response).setStatus(500));
		this.request.setDispatcherType(DispatcherType.ERROR);
		this.request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/a");
		this.filter.doFilter(this.request, this.response, PAGE);
		assertThat(this.tracker.events()).isEmpty();
		this.filter.doFilter(this.request, this.response,
				(request, response) -> ((HttpServletResponse) response).setStatus(200));
		assertThat(this.tracker.events()).hasSize(1);
	}

	@Test
	void leavesAnErrorPageWithinARequestToTheRequest() throws Exception {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			this.request.setDispatcherType(DispatcherType.ERROR);
			this.filter.doFilter(request, response, PAGE);
			this.request.setDispatcherType(DispatcherType.REQUEST);
			assertThat(this.tracker.events()).isEmpty();
		});
		assertThat(this.tracker.events()).hasSize(1);
	}

	@Test
	void leavesAnAsyncDispatchToTheRequest() throws Exception {
		this.request.setAsyncSupported(true);
		this.filter.doFilter(this.request, this.response, (request, response) -> request.startAsync());
		this.request.setDispatcherType(DispatcherType.ASYNC);
		this.filter.doFilter(this.request, this.response, PAGE);
		assertThat(this.tracker.events()).isEmpty();
		this.request.getAsyncContext().complete();
		assertThat(this.tracker.events()).hasSize(1);
	}

	@Test
	void tracksAgainWhatIsRequestedAgain() throws Exception {
		this.filter.doFilter(this.request, this.response, PAGE);
		this.filter.doFilter(this.request, this.response, PAGE);
		assertThat(this.tracker.events()).hasSize(2);
	}

	@Test
	void tracksNextRequestAfterFailure() {
		for (int i = 0; i < 2; i++) {
			assertThat(failure()).hasMessage("broken");
		}
		assertThat(this.tracker.events()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, NoClassDefFoundError.class })
	void failureOfHandlerDoesNotReachRequest(Class<? extends Throwable> type) {
		TrackingFilter failing = createFilter((path) -> throwUnchecked(type));
		assertThatNoException().isThrownBy(() -> failing.doFilter(this.request, this.response,
				(request, response) -> ((HttpServletResponse) response).setStatus(404)));
	}

	@Test
	void tracksErrorPageOfRequestWhoseCollectorIsWrapped() throws Exception {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			Collector collector = (Collector) request.getAttribute(Collector.ATTRIBUTE);
			request.setAttribute(Collector.ATTRIBUTE, (Collector) collector::add);
			((HttpServletResponse) response).setStatus(500);
		});
		this.request.setDispatcherType(DispatcherType.ERROR);
		this.filter.doFilter(this.request, this.response,
				(request, response) -> ((HttpServletResponse) response).setStatus(200));
		assertThat(this.tracker.events()).hasSize(1);
	}

	private static void throwUnchecked(Class<? extends Throwable> type) {
		Throwable thrown = BeanUtils.instantiateClass(type);
		if (thrown instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) thrown;
	}

	private TrackingFilter createFilter() {
		return createFilter(new UntrackingNotFoundHandler(this.tracker, true));
	}

	private TrackingFilter createFilter(NotFoundHandler handler) {
		TrackingSettings settings = new TrackingSettings(Set.of("GET"),
				new LifetimePolicy(LifetimePolicy.Mode.FIXED, Duration.ofHours(1),
						new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)), Duration.ZERO,
						Clock.systemUTC()),
				QueryStrings.ALL, null, null, List.of(), false);
		TrackingRules rules = new TrackingRules(settings, new DistributionDoctor(), 100);
		TrackedPaths paths = new TrackedPaths(List.of(), List.of(),
				new StaticListableBeanFactory().getBeanProvider(ManagementPaths.class));
		return new TrackingFilter(rules, RequestSource.ANY, null, null,
				new ResponseTracker(rules, paths, this.tracker, handler));
	}

	private Throwable failure() {
		try {
			this.filter.doFilter(this.request, this.response, (request, response) -> {
				throw new IllegalStateException("broken");
			});
			return new AssertionError();
		}
		catch (Exception ex) {
			return ex;
		}
	}

}
