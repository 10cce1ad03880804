package io.github.cftracker.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * {@code WAIT} after a write to a hash, on one connection of Lettuce.
 *
 * @param key the hash
 * @param field the field to increment
 * @param replicas for how many replicas to wait
 * @param millis how long to wait
 */
record WaitCommand(String key, String field, int replicas, long millis) {

	private static final long LIMIT_SECONDS = 5;

	/**
	 * Return how many replicas have the write.
	 */
	long send(BaseRedisAsyncCommands<byte[], byte[]> commands) {
		RedisFuture<Long> written = commands.dispatch(CommandType.HINCRBY, output(),
				new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes(this.key)).add(this.field).add(1));
		RedisFuture<Long> acknowledged = commands.dispatch(CommandType.WAIT, output(),
				new KeyedArgs(this.key).add(this.replicas).add(this.millis));
		LettuceFutures.awaitOrCancel(written, LIMIT_SECONDS, TimeUnit.SECONDS);
		return LettuceFutures.awaitOrCancel(acknowledged, LIMIT_SECONDS, TimeUnit.SECONDS);
	}

	private static IntegerOutput<byte[], byte[]> output() {
		return new IntegerOutput<>(ByteArrayCodec.INSTANCE);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Arguments of a command that names no key. A cluster connection sends it to the
	 * server that has a key.
	 */
	static final class KeyedArgs extends CommandArgs<byte[], byte[]> {

		private final String key;

		KeyedArgs(String key) {
			super(ByteArrayCodec.INSTANCE);
			this.key = key;
		}

		@Override
		public ByteBuffer getFirstEncodedKey() {
			return ByteBuffer.wrap(bytes(this.key));
		}

	}

}
