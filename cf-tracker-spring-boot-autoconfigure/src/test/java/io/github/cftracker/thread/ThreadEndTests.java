package io.github.cftracker.thread;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ThreadEndTests {

	private final CountDownLatch end = new CountDownLatch(1);

	@Test
	void waitsForThreadsThatEnd() {
		Thread thread = start(this::awaitEnd);
		start(this.end::countDown);
		assertThat(ThreadEnd.await(List.of(thread), Duration.ofMinutes(1))).isTrue();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void interruptsThreadsThatDoNotEnd() {
		Thread first = start(this::awaitEnd);
		Thread second = start(this::awaitEnd);
		assertThat(ThreadEnd.await(List.of(first, second), Duration.ofMillis(1))).isFalse();
		assertThat(first.isAlive()).isFalse();
		assertThat(second.isAlive()).isFalse();
	}

	@Test
	void doesNotWaitForever() {
		Thread thread = start(() -> {
			while (this.end.getCount() > 0) {
				awaitEnd();
			}
		});
		assertThat(ThreadEnd.await(thread, Duration.ZERO)).isFalse();
		assertThat(thread.isAlive()).isTrue();
		this.end.countDown();
	}

	@Test
	void interruptsThreadsWhenTheCallerIsInterrupted() throws Exception {
		Thread thread = start(this::awaitEnd);
		Thread.currentThread().interrupt();
		assertThat(ThreadEnd.await(thread, Duration.ofMinutes(1))).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		thread.join();
	}

	@Test
	void ignoresNoThreadAndTheCaller() {
		assertThat(ThreadEnd.await((Thread) null, Duration.ofMinutes(1))).isTrue();
		assertThat(ThreadEnd.await(Thread.currentThread(), Duration.ofMinutes(1))).isTrue();
		assertThat(Thread.interrupted()).isFalse();
	}

	private Thread start(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private void awaitEnd() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			// Asked to end
		}
	}

}
