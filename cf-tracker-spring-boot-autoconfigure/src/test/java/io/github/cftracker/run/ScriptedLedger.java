package io.github.cftracker.run;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.cftracker.StoreUnavailableException;

import org.springframework.util.StringUtils;

/**
 * Factory for ledgers whose leases run an action before or after a named method or step.
 */
final class ScriptedLedger {

	private ScriptedLedger() {
	}

	static RunLedger of(RunLedger ledger, Consumer<String> before, Consumer<String> after) {
		return proxy(RunLedger.class, (method, args) -> {
			Object result = invoke(method, ledger, args);
			boolean isLease = method.getName().equals("acquire") && result != null;
			return isLease ? lease((Lease) result, before, after) : result;
		});
	}

	/**
	 * Create a ledger that writes requests and loses the answers.
	 */
	static RunLedger requestsLost(RunLedger ledger) {
		return proxy(RunLedger.class, (method, args) -> {
			Object result = invoke(method, ledger, args);
			if (method.getName().equals("request")) {
				throw new StoreUnavailableException("Redis did not answer", new IOException());
			}
			return result;
		});
	}

	/**
	 * Create a ledger whose leases write a named step twice, as a client does that sends
	 * an unanswered command again.
	 */
	static RunLedger repeating(RunLedger ledger, String step) {
		return proxy(RunLedger.class, (method, args) -> {
			Object result = invoke(method, ledger, args);
			if (!method.getName().equals("acquire") || result == null) {
				return result;
			}
			return proxy(Lease.class, (leased, arguments) -> {
				Object first = invoke(leased, result, arguments);
				return name(leased, arguments).equals(step) ? invoke(leased, result, arguments) : first;
			});
		});
	}

	/**
	 * Create a ledger whose leases are not renewed while their node is asleep.
	 */
	static RunLedger sleepy(RunLedger ledger, BooleanSupplier asleep) {
		return proxy(RunLedger.class, (method, args) -> {
			Object result = invoke(method, ledger, args);
			return (result instanceof Lease lease) ? proxy(Lease.class,
					(leased, arguments) -> (leased.getName().equals("renew") && asleep.getAsBoolean()) ? null
							: invoke(leased, lease, arguments))
					: result;
		});
	}

	private static Lease lease(Lease lease, Consumer<String> before, Consumer<String> after) {
		return proxy(Lease.class, (method, args) -> {
			String name = name(method, args);
			before.accept(name);
			Object result = invoke(method, lease, args);
			after.accept(name);
			return result;
		});
	}

	/**
	 * Return the name of a method of a lease, or of the step that it writes.
	 */
	static String name(Method method, Object[] args) {
		return method.getName().equals("apply") ? StringUtils.uncapitalize(((Step) args[0]).getClass().getSimpleName())
				: method.getName();
	}

	private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> type, Invocation invocation) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, args) -> invocation.invoke(method, args)));
	}

	private interface Invocation {

		Object invoke(Method method, Object[] args) throws Throwable;

	}

}
