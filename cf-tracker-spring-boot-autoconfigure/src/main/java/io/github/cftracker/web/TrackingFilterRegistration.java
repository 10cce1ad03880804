package io.github.cftracker.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.web.endpoint.EndpointFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.context.ServletContextAware;

/**
 * Registration of the {@link TrackingFilter}. Filters that the application has registered
 * before it are findings, because responses that they send themselves are not tracked.
 * <p>
 * Filters that are declared in a {@code web.xml} are not findings: the container puts
 * them after all filters that are registered here. Neither is the filter of the
 * endpoints, which are never tracked.
 */
public class TrackingFilterRegistration extends FilterRegistrationBean<TrackingFilter> implements ServletContextAware {

	private static final String PART = "filters";

	private final DistributionDoctor doctor;

	private Set<String> declared = Set.of();

	TrackingFilterRegistration(TrackingFilter filter, int order, DistributionDoctor doctor) {
		super(filter);
		this.doctor = doctor;
		setOrder(order);
		setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
	}

	/**
	 * Create a registration. With {@link Ordered#HIGHEST_PRECEDENCE} it precedes other
	 * registrations with the same order.
	 * @param filter the filter
	 * @param order the order among all filters
	 * @param doctor collects the findings
	 * @return the registration
	 */
	public static TrackingFilterRegistration of(TrackingFilter filter, int order, DistributionDoctor doctor) {
		return (order == Ordered.HIGHEST_PRECEDENCE) ? new Outermost(filter, doctor)
				: new TrackingFilterRegistration(filter, order, doctor);
	}

	/**
	 * Remember the filters that exist before the first bean registers one.
	 */
	@Override
	public void setServletContext(ServletContext servletContext) {
		this.declared = Set.copyOf(servletContext.getFilterRegistrations().keySet());
	}

	@Override
	protected FilterRegistration.Dynamic addRegistration(String description, ServletContext servletContext) {
		this.doctor.diagnosed(PART, findings(servletContext.getFilterRegistrations()));
		return super.addRegistration(description, servletContext);
	}

	private List<Problem> findings(Map<String, ? extends FilterRegistration> registrations) {
		return new TreeMap<>(registrations).values()
			.stream()
			.filter((registration) -> !this.declared.contains(registration.getName()) && isMapped(registration)
					&& !EndpointFilter.class.getName().equals(registration.getClassName()))
			.map((registration) -> new Problem(FindingType.FILTER_OUTSIDE, registration.getName(),
					("Filter '%s' (%s) runs before the tracking filter, so responses that it sends itself are not "
							+ "tracked.")
						.formatted(registration.getName(), registration.getClassName()),
					fix()))
			.toList();
	}

	private static boolean isMapped(FilterRegistration registration) {
		return !registration.getUrlPatternMappings().isEmpty() || !registration.getServletNameMappings().isEmpty();
	}

	String fix() {
		return "Set 'cf.tracker.tracking.filter-order' to a value below the order of this filter, or remove the "
				+ "property to make the tracking filter the outermost one.";
	}

	/**
	 * Precedes all registrations that are {@link Ordered} only, whatever their order.
	 */
	static final class Outermost extends TrackingFilterRegistration implements PriorityOrdered {

		Outermost(TrackingFilter filter, DistributionDoctor doctor) {
			super(filter, Ordered.HIGHEST_PRECEDENCE, doctor);
		}

		@Override
		String fix() {
			return "Give this filter a higher order: the tracking filter already has the lowest one.";
		}

	}

}
