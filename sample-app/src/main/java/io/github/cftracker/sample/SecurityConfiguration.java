package io.github.cftracker.sample;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A login for operators, none for pages.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	/**
	 * The endpoints and the shop's own administration.
	 * <p>
	 * A CSRF token would keep {@code curl -X POST} out, so there is none. No session or
	 * cookie authenticates here, but that alone would not be enough: a browser resends
	 * Basic credentials by itself once they were typed in, also with a form that another
	 * site submits. So what a page sends may change nothing. Browsers mark it with
	 * {@code Origin} on every POST, PUT, PATCH and DELETE, and over HTTPS or to localhost
	 * with {@code Sec-Fetch-Site} too, and no page can take either away. What GET answers
	 * no other site can read, because CORS is off.
	 *
	 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch: the Origin
	 * header</a>
	 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request
	 * Headers</a>
	 */
	@Bean
	@Order(1)
	SecurityFilterChain operators(HttpSecurity http) {
		http.securityMatchers(
				(operators) -> operators.requestMatchers(EndpointRequest.toAnyEndpoint()).requestMatchers("/admin/**"));
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health"))
			.permitAll()
			.requestMatchers(SecurityConfiguration::isChangeByPage)
			.denyAll()
			.anyRequest()
			.authenticated());
		http.httpBasic(Customizer.withDefaults());
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.csrf(AbstractHttpConfigurer::disable);
		return http.build();
	}

	private static boolean isChangeByPage(HttpServletRequest request) {
		return !SAFE_METHODS.contains(request.getMethod())
				&& (request.getHeader(HttpHeaders.ORIGIN) != null || request.getHeader("Sec-Fetch-Site") != null);
	}

	/**
	 * The demonstration invalidates without a login, so only its own page may ask it to,
	 * in a browser on this machine: not another site, nor one that gives itself our
	 * address.
	 */
	@Bean
	@Order(2)
	SecurityFilterChain demonstration(HttpSecurity http) {
		http.securityMatcher("/demo/**");
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(SecurityConfiguration::isByOwnPage)
			.permitAll()
			.anyRequest()
			.denyAll());
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.csrf(AbstractHttpConfigurer::disable);
		return http.build();
	}

	private static boolean isByOwnPage(HttpServletRequest request) {
		return LOCAL_NAMES.contains(request.getServerName())
				&& "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
	}

	/**
	 * Pages are the same for everybody: no login, no session that would come with a
	 * cookie, and no {@code Cache-Control} but their own, where Spring Security's default
	 * forbids caching.
	 */
	@Bean
	@Order(3)
	SecurityFilterChain pages(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.headers((headers) -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable));
		return http.build();
	}

}
