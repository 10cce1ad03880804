package io.github.cftracker.benchmarks.soak;

import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.soak.Operator.Sample;
import org.HdrHistogram.Histogram;

/**
 * How everything was at the end of a minute.
 *
 * @param application the application
 * @param redisMemory what Redis uses, in bytes
 * @param redisKeys how many keys it has
 * @param requests how many requests were answered in this minute
 * @param requestsFailed how many have failed since the start
 * @param p99Micros 99 in 100 requests of this minute took as long or less
 */
record Minute(Sample application, long redisMemory, long redisKeys, long requests, long requestsFailed,
		long p99Micros) {

	static Minute look(ChildJvm application, RedisProbe probe, Visitors visitors) {
		Histogram micros = visitors.takeMicros();
		Minute seen = new Minute(Sample.parse(application.ask("sample")), probe.usedMemory(), probe.commands().dbsize(),
				micros.getTotalCount(), visitors.failed(), micros.getValueAtPercentile(99));
		// What waited for the collection that the sample has forced
		visitors.takeMicros();
		return seen;
	}

}
