package io.github.cftracker.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

import org.springframework.core.ParameterNameDiscoverer;

/**
 * Names of parameters, the same for every method. Fewer names than parameters are what
 * {@code kotlin-reflect} returns for a {@code suspend} function, because its last
 * parameter, the continuation, has no name.
 *
 * @param names the names of the first parameters
 */
public record ParameterNames(String... names) implements ParameterNameDiscoverer {

	@Override
	public String[] getParameterNames(Method method) {
		return this.names.clone();
	}

	@Override
	public String[] getParameterNames(Constructor<?> constructor) {
		return this.names.clone();
	}

}
