package io.github.cftracker.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Ledger whose leases are not renewed while their node is asleep.
 *
 * @param delegate the real ledger
 * @param asleep whether the node is asleep
 */
record SleepyLedger(RunLedger delegate, BooleanSupplier asleep) implements RunLedger {

	@Override
	public Run request(String id, Selection selection, Trigger trigger, @Nullable String requestedBy) {
		return this.delegate.request(id, selection, trigger, requestedBy);
	}

	@Override
	public Optional<Run> requestOnce(String id, Selection selection, Trigger trigger, @Nullable String requestedBy,
			InvalidationRequest.Once once) {
		return this.delegate.requestOnce(id, selection, trigger, requestedBy, once);
	}

	@Override
	public Optional<Run> find(String id) {
		return this.delegate.find(id);
	}

	@Override
	public List<Run> latest() {
		return this.delegate.latest();
	}

	@Override
	public boolean hasWork() {
		return this.delegate.hasWork();
	}

	@Override
	public Lease acquire() {
		Lease lease = this.delegate.acquire();
		return (lease == null) ? null : (Lease) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Lease.class }, (proxy, method, args) -> {
					if (method.getName().equals("renew") && this.asleep.getAsBoolean()) {
						return null;
					}
					try {
						return method.invoke(lease, args);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	@Override
	public long billedThisMonth() {
		return this.delegate.billedThisMonth();
	}

	@Override
	public String refusal() {
		return this.delegate.refusal();
	}

}
