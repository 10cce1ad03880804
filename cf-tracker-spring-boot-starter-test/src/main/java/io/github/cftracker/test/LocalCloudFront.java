package io.github.cftracker.test;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CloudFront on 127.0.0.1 for tests and local development: the invalidation API as an
 * unmodified AWS SDK speaks it, and an edge, the caching reverse proxy that invalidations
 * act on.
 * <p>
 * The API has one distribution, see {@link DistributionSettings}, and answers
 * CreateInvalidation, GetInvalidation, ListInvalidations, GetDistributionConfig and
 * GetCachePolicy. It verifies signatures, including their age, region and service, and
 * refuses what AWS refuses. Quotas are off until they are set. {@link #fail} and
 * {@link #refuse} make any of the five operations fail, once, several times or
 * {@link #ALWAYS}, and {@link #answerAfter} delays CreateInvalidation. The books grow
 * until {@link #clear()}.
 * <p>
 * The edge goes by the cache behaviors of the distribution. It caches by raw path and
 * what the behavior takes of the query string, drops at once what an accepted
 * invalidation names, and keeps up to 100,000 objects in the heap, or as many as it is
 * told, whatever their size. An exact path drops the object of that path and query string
 * only, also where a viewer did not encode what the path encodes. A wildcard drops what
 * begins with the text before its {@code *} and goes on. A cached GET also answers HEAD,
 * a cached HEAD does not answer GET, and OPTIONS is apart from both. Cookies and
 * {@code Authorization} reach the origin only with methods that are not cached. The path
 * is passed on byte for byte, valid in a URI or not, behind the path of the origin.
 * <p>
 * Where the distribution names a cache tag header, an object is bound to the first 50
 * tags in it when it is cached, and {@code #tag} drops what is bound to exactly this tag,
 * in upper or lower case. The header reaches the viewer as any other does; AWS does not
 * say whether it does there.
 * <p>
 * An expired object with an {@code ETag} or {@code Last-Modified} is revalidated. A 304
 * renews it, and the viewer sees {@code RefreshHit from cloudfront}.
 * <p>
 * Not built: presigned requests, session tokens (ignored), headers and cookies in the
 * cache key, viewer and origin response functions, custom error pages, range requests and
 * conditional requests of viewers (answered in full), objects served stale while the
 * origin fails. An origin that cannot be reached is a 502, or a 504 after 30 seconds, and
 * neither is cached. An answer that the origin was asked for before an invalidation may
 * be cached after it, as on AWS, and a 304 may renew what the invalidation dropped.
 * <p>
 * Safe for use by several threads.
 */
public final class LocalCloudFront implements AutoCloseable {

	/**
	 * As the number of times: every call, until {@link #clearFaults()} or
	 * {@link #clear()}.
	 */
	public static final int ALWAYS = Integer.MAX_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(LocalCloudFront.class);

	private final String distributionId;

	private final String accessKey;

	private final String secretKey;

	private final String region;

	private final Duration defaultTtl;

	private final Origins origins = new Origins();

	private final EdgeCache cache;

	private final Quotas quotas;

	private final Faults faults = new Faults();

	private final Books books;

	private final LoopbackServer api;

	private final EdgeServer edge;

	private volatile @Nullable Supplier<URI> origin;

	private volatile Distribution distribution;

	private volatile boolean lenientHeaders;

	private LocalCloudFront(Builder builder) {
		this.distributionId = builder.distributionId;
		this.accessKey = builder.accessKey;
		this.secretKey = builder.secretKey;
		this.region = builder.region;
		this.defaultTtl = builder.defaultTtl;
		this.origin = builder.origin;
		this.lenientHeaders = builder.lenientHeaders;
		this.distribution = builder.distribution.freeze(this.defaultTtl, this::originAddress);
		this.cache = new EdgeCache(builder.maxCachedObjects, builder.clock, () -> this.distribution.cacheTagHeader());
		this.cache.wildcardsMatchEmpty(builder.wildcardsMatchEmpty);
		this.quotas = new Quotas(builder.inProgressQuota, builder.perSecondQuota, builder.refuseCallsOverQuota);
		this.books = new Books(builder.clock, builder.completesAfter, this.quotas, this.cache::drop);
		this.api = LoopbackServer.start("api", builder.apiPort,
				new ApiHandler(
						new RequestSignature(this.accessKey, this.secretKey,
								new SignatureScope(this.region, builder.signatureClock)),
						new CloudFrontApi(this.distributionId, () -> this.distribution, this.books, this.faults),
						this.books, this.faults, builder.clock));
		this.edge = startEdge(builder);
		logger.info("Local CloudFront: distribution '{}', API {}, edge {}", this.distributionId, endpoint(), edge());
	}

	private EdgeServer startEdge(Builder builder) {
		try {
			return EdgeServer.start(builder.edgePort, new EdgeHandler(() -> this.distribution, this.origins, this.cache,
					() -> this.lenientHeaders, builder.clock));
		}
		catch (RuntimeException ex) {
			this.api.close();
			throw ex;
		}
	}

	private URI originAddress() {
		Supplier<URI> origin = this.origin;
		if (origin == null) {
			throw new IllegalStateException("The edge has no origin. Set one with origin(URI).");
		}
		return origin.get();
	}

	/**
	 * Start with every default: free ports and no origin yet.
	 * @return a running CloudFront
	 */
	public static LocalCloudFront start() {
		return builder().start();
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The address of the API, for {@code cf.tracker.endpoint} or an SDK client's endpoint
	 * override.
	 * @return the address, without a trailing slash
	 */
	public URI endpoint() {
		return this.api.uri();
	}

	public String distributionId() {
		return this.distributionId;
	}

	public String accessKey() {
		return this.accessKey;
	}

	public String secretKey() {
		return this.secretKey;
	}

	/**
	 * Return the region that requests are signed for, for {@code cf.tracker.region} or
	 * the region of an SDK client.
	 * @return the region, {@code us-east-1} by default
	 */
	public String region() {
		return this.region;
	}

	/**
	 * The address viewers ask.
	 * @return the address, without a trailing slash
	 */
	public URI edge() {
		return this.edge.uri();
	}

	/**
	 * Put another default origin behind the edge, the one with the id {@code origin}.
	 * What is cached stays cached.
	 * @param origin scheme, host and port; a path is refused when the edge first asks it
	 */
	public void origin(URI origin) {
		Objects.requireNonNull(origin, "origin");
		this.origin = () -> origin;
	}

	/**
	 * Replace all settings of the distribution: what is not set here has its default
	 * again. What is cached stays cached.
	 * @param distribution is called at once
	 * @throws IllegalArgumentException if the settings contradict each other, and the
	 * distribution keeps those it has
	 */
	public void distribution(Consumer<DistributionSettings> distribution) {
		DistributionSettings settings = new DistributionSettings();
		distribution.accept(settings);
		this.distribution = settings.freeze(this.defaultTtl, this::originAddress);
	}

	/**
	 * Set how long invalidations stay {@code InProgress}, those already accepted
	 * included: zero completes all.
	 * @param completesAfter the time from acceptance to {@code Completed}
	 */
	public void completesAfter(Duration completesAfter) {
		this.books.completesAfter(Objects.requireNonNull(completesAfter, "completesAfter"));
	}

	/**
	 * The accepted invalidations, each caller reference once.
	 * @return a snapshot, the oldest first
	 */
	public List<Invalidation> invalidations() {
		return this.books.invalidations();
	}

	/**
	 * What AWS would count: every item of every accepted invalidation, also one that was
	 * sent before. The first 1,000 a month, which AWS gives away, are counted too.
	 * @return the number of items
	 */
	public long billedItems() {
		return this.books.billedItems();
	}

	/**
	 * Every call of the API, refused ones and retries included. A call whose answer is
	 * slow or lost is listed before that.
	 * @return a snapshot, in the order they were decided on
	 */
	public List<RecordedCall> calls() {
		return this.books.calls();
	}

	/**
	 * Refuse the next CreateInvalidation that is correctly signed, whatever it asks.
	 * @param httpStatus the status to answer
	 * @param code the error code, for example {@code TooManyInvalidationsInProgress}
	 * @param message the error message
	 */
	public void refuseNext(int httpStatus, String code, String message) {
		refuse(1, httpStatus, code, message);
	}

	/**
	 * Refuse the next correctly signed CreateInvalidation calls.
	 * @param times how many calls, or {@link #ALWAYS}
	 * @param httpStatus the status to answer
	 * @param code the error code
	 * @param message the error message
	 * @see #fail(String, int, Fault)
	 */
	public void refuse(int times, int httpStatus, String code, String message) {
		fail(times, Fault.refusal(httpStatus, code, message));
	}

	/**
	 * Refuse the next correctly signed calls of an operation.
	 * @param operation the name in the API, for example {@code GetInvalidation}
	 * @param times how many calls, or {@link #ALWAYS}
	 * @param httpStatus the status to answer
	 * @param code the error code
	 * @param message the error message
	 * @throws IllegalArgumentException if the operation is unknown
	 * @see #fail(String, int, Fault)
	 */
	public void refuse(String operation, int times, int httpStatus, String code, String message) {
		fail(operation, times, Fault.refusal(httpStatus, code, message));
	}

	/**
	 * Make the next correctly signed CreateInvalidation calls fail.
	 * @param times how many calls, or {@link #ALWAYS}
	 * @param fault what happens to them
	 * @see #fail(String, int, Fault)
	 */
	public void fail(int times, Fault fault) {
		this.faults.add(Operation.CREATE_INVALIDATION, times, Objects.requireNonNull(fault, "fault"));
	}

	/**
	 * Make the next correctly signed calls of an operation fail, after those that earlier
	 * faults and refusals of this operation are waiting for. The SDK retries some faults:
	 * each attempt is a call.
	 * @param operation the name in the API: {@code CreateInvalidation},
	 * {@code GetInvalidation}, {@code ListInvalidations}, {@code GetDistributionConfig}
	 * or {@code GetCachePolicy}
	 * @param times how many calls, or {@link #ALWAYS}
	 * @param fault what happens to them
	 * @throws IllegalArgumentException if the operation is unknown
	 */
	public void fail(String operation, int times, Fault fault) {
		this.faults.add(Operation.of(operation), times, Objects.requireNonNull(fault, "fault"));
	}

	/**
	 * Forget the faults and refusals that are waiting for calls, of all operations. Calls
	 * that hang already stay so, and everything else is kept.
	 */
	public void clearFaults() {
		this.faults.clear();
	}

	/**
	 * Have every CreateInvalidation wait for its answer, a refusal included. What is
	 * accepted is so before the wait. Of the waiting calls 64 are served at a time, and
	 * the others, of any operation, queue behind them.
	 * @param answerAfter the time in milliseconds of the real clock, zero by default
	 * @throws IllegalArgumentException if the time is negative
	 */
	public void answerAfter(Duration answerAfter) {
		this.faults.answerAfter(Objects.requireNonNull(answerAfter, "answerAfter"));
	}

	/**
	 * Refuse every correctly signed call of an operation that reads settings, until
	 * {@link #allowReading()}, {@link #clearFaults()} or {@link #clear()}. Replaces
	 * earlier faults and refusals of the operation.
	 * @param operation {@code GetDistributionConfig} or {@code GetCachePolicy}
	 * @param httpStatus the status to answer
	 * @param code the error code, for example {@code AccessDenied}
	 * @param message the error message
	 * @throws IllegalArgumentException if the operation is another
	 */
	public void refuseReading(String operation, int httpStatus, String code, String message) {
		Operation reading = Operation.of(operation);
		if (!Operation.READING.contains(reading)) {
			throw new IllegalArgumentException(
					"'%s' does not read settings, use 'GetDistributionConfig' or 'GetCachePolicy'"
						.formatted(operation));
		}
		this.faults.clear(reading);
		refuse(operation, ALWAYS, httpStatus, code, message);
	}

	/**
	 * Answer the operations that read settings again.
	 */
	public void allowReading() {
		Operation.READING.forEach(this.faults::clear);
	}

	/**
	 * Limit what may be {@code InProgress} at once, what already is included.
	 * @param items the number of items without wildcard, tags included
	 * @param wildcards the number of wildcards
	 * @throws IllegalArgumentException if a number is negative
	 * @see Builder#inProgressQuota(int, int)
	 */
	public void inProgressQuota(int items, int wildcards) {
		this.quotas.inProgress(Quotas.inProgress(items, wildcards));
	}

	/**
	 * Limit what is accepted per second, from now on: what came before does not count.
	 * @param items the number of items without wildcard, tags included
	 * @param wildcards the number of wildcards
	 * @throws IllegalArgumentException if a number is less than 1
	 * @see Builder#perSecondQuota(int, int)
	 */
	public void perSecondQuota(int items, int wildcards) {
		this.quotas.perSecond(Quotas.perSecond(items, wildcards));
	}

	/**
	 * Set whether a call is always refused that has more items or more wildcards than the
	 * quota per second.
	 * @param refuse whether to refuse it
	 * @see Builder#refuseCallsOverQuota(boolean)
	 */
	public void refuseCallsOverQuota(boolean refuse) {
		this.quotas.refuseCallsOverQuota(refuse);
	}

	/**
	 * Set how a caller reference is refused that was used for another batch.
	 * @param conflictSpelling the spelling, {@link ConflictSpelling#ALREADY_EXISTS} by
	 * default
	 */
	public void conflictSpelling(ConflictSpelling conflictSpelling) {
		this.books.conflictSpelling(Objects.requireNonNull(conflictSpelling, "conflictSpelling"));
	}

	/**
	 * Set whether the edge reads malformed {@code Expires} and {@code Cache-Control}
	 * headers of the origin leniently, from now on.
	 * @param lenientHeaders whether to read them leniently
	 * @see Builder#lenientHeaders(boolean)
	 */
	public void lenientHeaders(boolean lenientHeaders) {
		this.lenientHeaders = lenientHeaders;
	}

	/**
	 * Set whether an invalidation of {@code /dir/*} also drops {@code /dir/}, from now
	 * on.
	 * @param wildcardsMatchEmpty whether to drop it
	 * @see Builder#wildcardsMatchEmpty(boolean)
	 */
	public void wildcardsMatchEmpty(boolean wildcardsMatchEmpty) {
		this.cache.wildcardsMatchEmpty(wildcardsMatchEmpty);
	}

	/**
	 * The objects the edge would answer from, expired ones left out.
	 * @return a snapshot, the one that was stored first at the head; elements are made
	 * when they are asked for
	 */
	public List<CachedObject> cachedObjects() {
		return this.cache.objects();
	}

	/**
	 * Forget invalidations, the bill, calls, pending faults and refusals and every cached
	 * object. Settings stay, and so do the paths that the application tracks.
	 */
	public void clear() {
		this.books.clear();
		this.faults.clear();
		this.cache.clear();
	}

	/**
	 * Stop at once. Requests under way lose their connection.
	 */
	@Override
	public void close() {
		this.edge.close();
		this.origins.close();
		this.api.close();
		FixedPorts.closed(this);
	}

	/**
	 * Settings of a {@link LocalCloudFront}. All have a default.
	 */
	public static final class Builder {

		private String distributionId = "E1LOCALCLOUDFR";

		private String accessKey = "local-access-key";

		private String secretKey = "local-secret-key";

		private String region = "us-east-1";

		private int apiPort;

		private int edgePort;

		private @Nullable Supplier<URI> origin;

		private Duration completesAfter = Duration.ofSeconds(1);

		private Duration defaultTtl = Duration.ofHours(24);

		private ItemCount inProgressQuota = ItemCount.UNLIMITED;

		private ItemCount perSecondQuota = ItemCount.UNLIMITED;

		private boolean refuseCallsOverQuota;

		private DistributionSettings distribution = new DistributionSettings();

		private boolean lenientHeaders;

		private boolean wildcardsMatchEmpty;

		private int maxCachedObjects = 100_000;

		private Clock clock = Clock.systemUTC();

		private Clock signatureClock = Clock.systemUTC();

		private Builder() {
		}

		/**
		 * Set the id of the one distribution there is.
		 * @param distributionId the id, {@code E1LOCALCLOUDFR} by default
		 * @return this builder
		 */
		public Builder distributionId(String distributionId) {
			this.distributionId = Objects.requireNonNull(distributionId, "distributionId");
			return this;
		}

		public Builder accessKey(String accessKey) {
			this.accessKey = Objects.requireNonNull(accessKey, "accessKey");
			return this;
		}

		public Builder secretKey(String secretKey) {
			this.secretKey = Objects.requireNonNull(secretKey, "secretKey");
			return this;
		}

		/**
		 * Set the region that requests have to be signed for.
		 * @param region the region, {@code us-east-1} by default; {@code cn-northwest-1}
		 * for a distribution in China
		 * @return this builder
		 */
		public Builder region(String region) {
			this.region = Objects.requireNonNull(region, "region");
			return this;
		}

		/**
		 * Set the clock that the age of signatures is compared with. A request that was
		 * signed more than five minutes before or after it is refused.
		 * @param signatureClock the clock, the system's by default
		 * @return this builder
		 */
		public Builder signatureClock(Clock signatureClock) {
			this.signatureClock = Objects.requireNonNull(signatureClock, "signatureClock");
			return this;
		}

		/**
		 * Set the port of the API. A local CloudFront that this JVM has started on the
		 * same port is closed when this one starts.
		 * @param apiPort the port, or 0, the default, for a free one
		 * @return this builder
		 */
		public Builder apiPort(int apiPort) {
			this.apiPort = apiPort;
			return this;
		}

		/**
		 * Set the port of the edge. A local CloudFront that this JVM has started on the
		 * same port is closed when this one starts.
		 * @param edgePort the port, or 0, the default, for a free one
		 * @return this builder
		 */
		public Builder edgePort(int edgePort) {
			this.edgePort = edgePort;
			return this;
		}

		/**
		 * Set the origin behind the edge.
		 * @param origin scheme, host and port; a path is refused when the edge first asks
		 * it
		 * @return this builder
		 */
		public Builder origin(URI origin) {
			Objects.requireNonNull(origin, "origin");
			return origin(() -> origin);
		}

		/**
		 * Set the origin by a function that is called at every request to it. What it
		 * throws is a 502.
		 * @param origin supplies scheme, host and port
		 * @return this builder
		 */
		public Builder origin(Supplier<URI> origin) {
			this.origin = Objects.requireNonNull(origin, "origin");
			return this;
		}

		/**
		 * Set origins, cache behaviors and whatever else the distribution has.
		 * @param distribution is called at once, on settings that are all at their
		 * default
		 * @return this builder
		 */
		public Builder distribution(Consumer<DistributionSettings> distribution) {
			DistributionSettings settings = new DistributionSettings();
			distribution.accept(settings);
			this.distribution = settings;
			return this;
		}

		/**
		 * Limit the objects that the edge keeps. Beyond it the oldest goes.
		 * @param maxCachedObjects the number of objects, 100,000 by default
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxCachedObjects(int maxCachedObjects) {
			if (maxCachedObjects < 1) {
				throw new IllegalArgumentException(
						"Invalid maximum of '%d' cached objects, use 1 or more".formatted(maxCachedObjects));
			}
			this.maxCachedObjects = maxCachedObjects;
			return this;
		}

		/**
		 * Set how long invalidations stay {@code InProgress}.
		 * @param completesAfter the time from acceptance to {@code Completed}, 1 second
		 * by default
		 * @return this builder
		 */
		public Builder completesAfter(Duration completesAfter) {
			this.completesAfter = Objects.requireNonNull(completesAfter, "completesAfter");
			return this;
		}

		/**
		 * Set how long the edge caches what says nothing about it.
		 * @param defaultTtl the time, 24 hours by default; zero caches only what asks for
		 * it
		 * @return this builder
		 */
		public Builder defaultTtl(Duration defaultTtl) {
			this.defaultTtl = Objects.requireNonNull(defaultTtl, "defaultTtl");
			return this;
		}

		/**
		 * Limit what may be {@code InProgress} at once. A CreateInvalidation that would
		 * exceed it is answered 400 {@code TooManyInvalidationsInProgress}, a batch that
		 * is larger than the quota always. The identical batch under a known caller
		 * reference does not count. AWS documented 3,000 items and apart from them 15
		 * wildcards.
		 * @param items the number of items without wildcard, tags included, or
		 * {@link Integer#MAX_VALUE}, the default, for no limit
		 * @param wildcards the number of wildcards, or {@link Integer#MAX_VALUE}, the
		 * default, for no limit
		 * @return this builder
		 * @throws IllegalArgumentException if a number is negative
		 */
		public Builder inProgressQuota(int items, int wildcards) {
			this.inProgressQuota = Quotas.inProgress(items, wildcards);
			return this;
		}

		/**
		 * Limit what is accepted per second, by two token buckets that hold one second's
		 * worth. A full bucket lets a larger batch pass and then stands below zero, so
		 * that the next one waits for all of it; else what exceeds the bucket is answered
		 * 400 {@code Throttling}. A refused batch takes nothing, and neither does the
		 * identical batch under a known caller reference. Reported of AWS are 150 items
		 * and 1 wildcard; {@link #refuseCallsOverQuota} sets what happens to a batch that
		 * is larger.
		 * @param items the number of items without wildcard, tags included, or
		 * {@link Integer#MAX_VALUE}, the default, for no limit
		 * @param wildcards the number of wildcards, or {@link Integer#MAX_VALUE}, the
		 * default, for no limit
		 * @return this builder
		 * @throws IllegalArgumentException if a number is less than 1
		 */
		public Builder perSecondQuota(int items, int wildcards) {
			this.perSecondQuota = Quotas.perSecond(items, wildcards);
			return this;
		}

		/**
		 * Set whether a call that has more items or more wildcards than the quota per
		 * second is always refused, with 400 {@code Throttling}. It is not known whether
		 * AWS does so.
		 * @param refuse whether to refuse it, false by default
		 * @return this builder
		 */
		public Builder refuseCallsOverQuota(boolean refuse) {
			this.refuseCallsOverQuota = refuse;
			return this;
		}

		/**
		 * Set whether the edge reads malformed {@code Expires} and {@code Cache-Control}
		 * headers of the origin leniently. It is not known how AWS reads them. Strictly,
		 * an {@code Expires} that is not a date of RFC 9110 has already expired, and a
		 * malformed {@code max-age} is absent. Leniently, the date and the number that
		 * can be found count: {@code Sunday 22-Nov-2026 12:00:00 UTC},
		 * {@code max-age=604800; public}.
		 * @param lenientHeaders whether to read them leniently, false by default
		 * @return this builder
		 */
		public Builder lenientHeaders(boolean lenientHeaders) {
			this.lenientHeaders = lenientHeaders;
			return this;
		}

		/**
		 * Set whether the {@code *} of an invalidation path also matches nothing, so that
		 * {@code /dir/*} drops {@code /dir/}. AWS documents that it does, and a site
		 * measured that it does not.
		 * @param wildcardsMatchEmpty whether it does, false by default
		 * @return this builder
		 */
		public Builder wildcardsMatchEmpty(boolean wildcardsMatchEmpty) {
			this.wildcardsMatchEmpty = wildcardsMatchEmpty;
			return this;
		}

		Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Start listening on 127.0.0.1. A local CloudFront of this JVM that listens on a
		 * port which is set here is closed before: Spring Boot's devtools call the main
		 * method again for each restart.
		 * @return a running CloudFront
		 * @throws IllegalArgumentException if the settings of the distribution contradict
		 * each other
		 * @throws java.io.UncheckedIOException if a port is taken
		 */
		public LocalCloudFront start() {
			List<Integer> ports = Stream.of(this.apiPort, this.edgePort).filter((port) -> port != 0).toList();
			return FixedPorts.start(ports, () -> new LocalCloudFront(this));
		}

	}

}
