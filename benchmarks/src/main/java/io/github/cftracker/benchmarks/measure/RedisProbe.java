package io.github.cftracker.benchmarks.measure;

import java.util.Locale;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * Asks a Redis server how it is. On a connection of its own.
 */
public final class RedisProbe implements AutoCloseable {

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> connection;

	/**
	 * Connects.
	 * @param url the server's
	 */
	public RedisProbe(String url) {
		this.client = RedisClient.create(url);
		this.connection = this.client.connect();
	}

	/**
	 * The server.
	 * @return whatever else there is to ask
	 */
	public RedisCommands<String, String> commands() {
		return this.connection.sync();
	}

	/**
	 * Return the connection, to send several commands at once.
	 * @return the connection
	 */
	public StatefulRedisConnection<String, String> connection() {
		return this.connection;
	}

	/**
	 * The memory that the server uses.
	 * @return bytes, those of this connection included
	 */
	public long usedMemory() {
		return number(commands().info("memory"), "used_memory:");
	}

	/**
	 * The time that the server has spent on a command, without reading it and writing the
	 * answer.
	 * @param command the command
	 * @return microseconds since the start or the last reset
	 */
	public long micros(String command) {
		return number(stat(command), "usec=");
	}

	/**
	 * How often a command was called.
	 * @param command the command
	 * @return the number since the start or the last reset
	 */
	public long calls(String command) {
		return number(stat(command), "calls=");
	}

	private String stat(String command) {
		String prefix = "cmdstat_" + command.toLowerCase(Locale.ROOT) + ":";
		return commands().info("commandstats")
			.lines()
			.filter((line) -> line.startsWith(prefix))
			.findFirst()
			.orElse("calls=0,usec=0");
	}

	private static long number(String text, String name) {
		int start = text.indexOf(name) + name.length();
		int end = start;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return Long.parseLong(text.substring(start, end));
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
