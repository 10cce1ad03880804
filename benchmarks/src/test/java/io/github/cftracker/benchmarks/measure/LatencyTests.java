package io.github.cftracker.benchmarks.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LatencyTests {

	@Test
	void seesSomethingHoweverSoonItIsStopped() throws IOException {
		try (TestRedis redis = TestRedis.startInstalled()) {
			for (int i = 0; i < 20; i++) {
				Latency.Seen seen = new Latency(redis.port(), "PING").stop();
				assertThat(seen.median()).isPositive();
				assertThat(seen.max()).isGreaterThanOrEqualTo(seen.median());
			}
		}
	}

	@Test
	void doesNotWaitForAServerThatIsGone() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread closing = new Thread(() -> {
				try {
					server.accept().close();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			closing.start();
			Latency latency = new Latency(server.getLocalPort(), "PING");
			assertThatIllegalStateException().isThrownBy(latency::stop);
		}
	}

}
