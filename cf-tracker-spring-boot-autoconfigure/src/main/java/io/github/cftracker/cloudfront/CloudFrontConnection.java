package io.github.cftracker.cloudfront;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/**
 * Connection to CloudFront with a client of the SDK. The client is obtained at its first
 * use, because building one takes long. Only a client of the tracker is closed.
 */
public final class CloudFrontConnection implements AutoCloseable {

	private final Supplier<CloudFrontClient> source;

	private final boolean own;

	private final Supplier<String> description;

	private @Nullable CloudFrontClient client;

	private boolean closed;

	private CloudFrontConnection(Supplier<CloudFrontClient> source, boolean own, Supplier<String> description) {
		this.source = source;
		this.own = own;
		this.description = description;
	}

	/**
	 * Create a connection with a client of the tracker.
	 * @param builder the builder of the client
	 * @param description the supplier of the client's description for a log line
	 * @return the connection, which closes the client
	 */
	public static CloudFrontConnection own(Supplier<CloudFrontClient> builder, Supplier<String> description) {
		return new CloudFrontConnection(builder, true, description);
	}

	/**
	 * Create a connection with a client of the application.
	 * @param client the supplier of the client
	 * @param description the description of the client for a log line
	 * @return the connection, which leaves the client open
	 */
	public static CloudFrontConnection using(Supplier<CloudFrontClient> client, String description) {
		return new CloudFrontConnection(client, false, () -> description);
	}

	/**
	 * Return the client.
	 * @return the client, always the same
	 * @throws IllegalStateException if the connection is closed
	 */
	public synchronized CloudFrontClient client() {
		if (this.closed) {
			throw new IllegalStateException("The application is stopping");
		}
		CloudFrontClient client = (this.client != null) ? this.client : this.source.get();
		this.client = client;
		return client;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.own && this.client != null) {
			this.client.close();
		}
	}

	@Override
	public String toString() {
		return this.description.get();
	}

}
