package io.github.cftracker.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.thread.Ticker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ticker whose time passes only when a test advances it.
 */
public final class ManualTicker implements Ticker {

	private final AtomicLong now = new AtomicLong();

	private final List<Duration> pauses = new CopyOnWriteArrayList<>();

	private final Semaphore begun = new Semaphore(0);

	private final Set<Object> monitors = ConcurrentHashMap.newKeySet();

	private volatile Thread thread;

	private int seen;

	@Override
	public long nanoTime() {
		return this.now.get();
	}

	@Override
	public void await(Object monitor, long nanos) throws InterruptedException {
		this.thread = Thread.currentThread();
		this.monitors.add(monitor);
		this.pauses.add(Duration.ofNanos(nanos));
		this.begun.release();
		monitor.wait();
	}

	/**
	 * Return the pauses that have begun, oldest first.
	 */
	public List<Duration> pauses() {
		return List.copyOf(this.pauses);
	}

	/**
	 * Return the thread that has begun the last pause.
	 */
	public Thread thread() {
		return this.thread;
	}

	/**
	 * Wait until so many pauses have begun since the start.
	 */
	public void awaitPauses(int count) throws InterruptedException {
		while (this.seen < count) {
			assertThat(this.begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
			this.seen++;
		}
	}

	/**
	 * Let the time of the current pause pass, and wait until the next one has begun.
	 */
	public void pass() throws InterruptedException {
		awaitPauses(1);
		advance(this.pauses.get(this.seen - 1));
		awaitPauses(this.seen + 1);
	}

	/**
	 * Let the time of several pauses pass.
	 */
	public void pass(int times) throws InterruptedException {
		for (int i = 0; i < times; i++) {
			pass();
		}
	}

	/**
	 * Let time pass.
	 */
	public void advance(Duration time) {
		this.now.addAndGet(time.toNanos());
		for (Object monitor : new ArrayList<>(this.monitors)) {
			synchronized (monitor) {
				monitor.notifyAll();
			}
		}
	}

}
