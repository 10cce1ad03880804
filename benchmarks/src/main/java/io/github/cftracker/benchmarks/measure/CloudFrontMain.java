package io.github.cftracker.benchmarks.measure;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;

/**
 * A local CloudFront without quotas, in a process of its own.
 */
public final class CloudFrontMain {

	private CloudFrontMain() {
	}

	/**
	 * Starts the process.
	 * @return the process, which answers {@code books} with {@link Books}
	 */
	public static ChildJvm start() {
		return ChildJvm.start(CloudFrontMain.class, List.of("-Xmx1g", "-XX:+UseParallelGC"), List.of());
	}

	/**
	 * Serves until the input ends.
	 * @param args none
	 */
	public static void main(String[] args) {
		PrintStream answers = ChildJvm.answers();
		try (LocalCloudFront cloudFront = LocalCloudFront.builder()
			.distributionId(Application.DISTRIBUTION_ID)
			.accessKey(Application.ACCESS_KEY)
			.secretKey(Application.SECRET_KEY)
			.completesAfter(Duration.ofMillis(100))
			.start()) {
			ChildJvm.serve(answers, (question) -> switch (question) {
				case "endpoint" -> cloudFront.endpoint().toString();
				case "books" -> books(cloudFront).toString();
				default -> {
					cloudFront.clear();
					yield "cleared";
				}
			});
		}
	}

	private static Books books(LocalCloudFront cloudFront) {
		List<Invalidation> invalidations = cloudFront.invalidations();
		Set<String> paths = invalidations.stream()
			.flatMap((invalidation) -> invalidation.paths().stream())
			.collect(Collectors.toSet());
		return new Books(invalidations.size(), cloudFront.billedItems(), paths.size(),
				invalidations.stream().mapToLong((one) -> one.createdAt().toEpochMilli()).min().orElse(0),
				invalidations.stream().mapToLong((one) -> one.createdAt().toEpochMilli()).max().orElse(0));
	}

	/**
	 * What CloudFront has accepted.
	 *
	 * @param batches how many batches
	 * @param items how many items, which is what is billed
	 * @param paths how many different ones
	 * @param first when it accepted the first batch, in ms since the epoch
	 * @param last when it accepted the last one
	 */
	public record Books(int batches, long items, int paths, long first, long last) {

		/**
		 * Asks the process.
		 * @param cloudFront the process
		 * @return what it has accepted
		 */
		public static Books of(ChildJvm cloudFront) {
			String[] values = cloudFront.ask("books").split(" ", -1);
			return new Books(Integer.parseInt(values[0]), Long.parseLong(values[1]), Integer.parseInt(values[2]),
					Long.parseLong(values[3]), Long.parseLong(values[4]));
		}

		@Override
		public String toString() {
			return "%d %d %d %d %d".formatted(this.batches, this.items, this.paths, this.first, this.last);
		}

	}

}
