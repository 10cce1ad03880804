package io.github.cftracker.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.run.Budget.OnExcess;
import io.github.cftracker.tracking.LifetimePolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Properties of the tracker.
 */
@ConfigurationProperties(CfTrackerProperties.PREFIX)
public class CfTrackerProperties {

	/**
	 * Prefix of all properties.
	 */
	public static final String PREFIX = "cf.tracker";

	/**
	 * Whether to enable cf-tracker. Set it to false in profiles without a CloudFront
	 * distribution.
	 */
	private boolean enabled = true;

	/**
	 * Id of the CloudFront distribution in front of the application, such as
	 * "E2QWRUHAPOMQZL".
	 */
	private @Nullable String distributionId;

	/**
	 * Where to store tracked paths. "memory" serves a single node and loses its content
	 * at a restart.
	 */
	private Store store = Store.REDIS;

	/**
	 * URL of a dedicated Redis: "redis://user:password@host:6379/0" for one server,
	 * "redis://user:password@host1:6379,host2:6379" for a Redis Cluster (name a single
	 * node twice), or "redis-sentinel://user:password@host1:26379,host2:26379/0#master"
	 * for Sentinels, with "rediss" or "rediss-sentinel" for TLS; by default, the
	 * application's Redis is used. User and password are sent to the servers only; if the
	 * Sentinels require a password, use "spring.data.redis.sentinel" instead.
	 */
	private @Nullable String redisUrl;

	/**
	 * Prefix of all Redis keys, followed by the distribution id.
	 */
	private String keyPrefix = "cf-tracker";

	/**
	 * Whether to start a single run without a web server and exit with 0 on success or 1
	 * on failure. The run invalidates everything unless options such as "--paths" select
	 * less.
	 */
	private boolean runOnce;

	private final Redis redis = new Redis();

	private final Tracking tracking = new Tracking();

	private final Invalidation invalidation = new Invalidation();

	private final Pricing pricing = new Pricing();

	private final Distribution distribution = new Distribution();

	private final Tags tags = new Tags();

	private final Findings findings = new Findings();

	private final Schedule schedule = new Schedule();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getDistributionId() {
		return this.distributionId;
	}

	public void setDistributionId(@Nullable String distributionId) {
		this.distributionId = distributionId;
	}

	String requiredDistributionId() {
		if (this.distributionId == null) {
			throw new IllegalStateException("The properties were not validated");
		}
		return this.distributionId;
	}

	public Store getStore() {
		return this.store;
	}

	public void setStore(Store store) {
		this.store = store;
	}

	public @Nullable String getRedisUrl() {
		return this.redisUrl;
	}

	public void setRedisUrl(@Nullable String redisUrl) {
		this.redisUrl = redisUrl;
	}

	public String getKeyPrefix() {
		return this.keyPrefix;
	}

	public void setKeyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
	}

	public boolean isRunOnce() {
		return this.runOnce;
	}

	public void setRunOnce(boolean runOnce) {
		this.runOnce = runOnce;
	}

	public Redis getRedis() {
		return this.redis;
	}

	public Tracking getTracking() {
		return this.tracking;
	}

	public Pricing getPricing() {
		return this.pricing;
	}

	public Invalidation getInvalidation() {
		return this.invalidation;
	}

	public Distribution getDistribution() {
		return this.distribution;
	}

	public Tags getTags() {
		return this.tags;
	}

	public Findings getFindings() {
		return this.findings;
	}

	public Schedule getSchedule() {
		return this.schedule;
	}

	/**
	 * Store of tracked paths.
	 */
	public enum Store {

		/**
		 * In Redis.
		 */
		REDIS,

		/**
		 * In the memory of one node, lost at a restart.
		 */
		MEMORY

	}

	/**
	 * Connection to Redis.
	 */
	public static class Redis {

		/**
		 * Timeout for connecting and for commands on the tracker's own Redis connection.
		 */
		private Duration timeout = Duration.ofMillis(500);

		/**
		 * Number of Redis replicas that must hold a batch before it is sent, so that a
		 * failover cannot lose it. A batch waits until enough replicas have confirmed it.
		 */
		private int waitReplicas;

		private final Ssl ssl = new Ssl();

		public Ssl getSsl() {
			return this.ssl;
		}

		public int getWaitReplicas() {
			return this.waitReplicas;
		}

		public void setWaitReplicas(int waitReplicas) {
			this.waitReplicas = waitReplicas;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		/**
		 * TLS of the connection to "cf.tracker.redis-url".
		 */
		public static class Ssl {

			/**
			 * Name of the SSL bundle for the connection to "cf.tracker.redis-url", which
			 * must start with "rediss". By default, the JVM's certificates are trusted.
			 * New connections use a bundle that was reloaded.
			 */
			private @Nullable String bundle;

			/**
			 * How to verify the certificate of the server in "cf.tracker.redis-url".
			 * "full" checks that a trusted authority signed it for this host, "ca" only
			 * that a trusted authority signed it, and "none" accepts any certificate. By
			 * default, the URL's "verifyPeer" parameter decides, and "full" applies
			 * without it.
			 */
			private @Nullable VerifyPeer verifyPeer;

			public @Nullable String getBundle() {
				return this.bundle;
			}

			public void setBundle(@Nullable String bundle) {
				this.bundle = bundle;
			}

			public @Nullable VerifyPeer getVerifyPeer() {
				return this.verifyPeer;
			}

			public void setVerifyPeer(@Nullable VerifyPeer verifyPeer) {
				this.verifyPeer = verifyPeer;
			}

			/**
			 * Verification of a server's certificate.
			 */
			public enum VerifyPeer {

				/**
				 * That a trusted authority signed it for this host.
				 */
				FULL,

				/**
				 * That a trusted authority signed it.
				 */
				CA,

				/**
				 * Nothing.
				 */
				NONE

			}

		}

	}

	/**
	 * Requests to track, and lifetimes of their paths.
	 */
	public static class Tracking {

		/**
		 * Whether to track page requests and their cache tags.
		 */
		private boolean enabled = true;

		/**
		 * Order of the filter that tracks requests. By default it is the outermost
		 * filter, so that responses of other filters are tracked.
		 */
		private int filterOrder = Ordered.HIGHEST_PRECEDENCE;

		/**
		 * Which requests to track: "any" tracks all requests, "cloudfront" requests with
		 * CloudFront's headers, and "secret-header" requests with a secret header.
		 * Clients that bypass CloudFront can forge its headers.
		 */
		private Source source = Source.ANY;

		/**
		 * Request methods to track. With GET and HEAD, OPTIONS is also tracked where a
		 * cache behavior caches it.
		 */
		private Set<String> methods = new LinkedHashSet<>(List.of("GET", "HEAD"));

		/**
		 * Spring path patterns of the paths to track, without the context path. If empty,
		 * all paths are tracked.
		 */
		private List<String> include = new ArrayList<>();

		/**
		 * Spring path patterns of the paths not to track, without the context path. The
		 * management base path is always excluded.
		 */
		private List<String> exclude = new ArrayList<>();

		/**
		 * Whether a 404 response untracks its path or keeps it tracked. Other edges may
		 * still hold the page from before it was removed: "keep" invalidates it with the
		 * next run, at one item for each removed page.
		 */
		private NotFound notFound = NotFound.UNTRACK;

		/**
		 * How often to write recorded paths to the store.
		 */
		private Duration flushInterval = Duration.ofMillis(100);

		/**
		 * Maximum number of distinct paths held in memory until they are written to the
		 * store. Beyond it, new paths are not tracked.
		 */
		private int maxPending = 100_000;

		/**
		 * Maximum number of tracked paths. Beyond it, a new path is tracked as a wildcard
		 * for its folder, or not at all.
		 */
		private int maxPaths = 1_000_000;

		/**
		 * Maximum number of tracked paths per MVC route, counted by each node. Beyond it,
		 * they are replaced by one wildcard.
		 */
		private int maxVariants = 10_000;

		/**
		 * Path that CloudFront adds in front of request paths, such as "/shop". By
		 * default, it is read from the distribution.
		 */
		private @Nullable String originPath;

		/**
		 * Name of the request header with the viewer's path, for edge functions that
		 * rewrite the path after the cache lookup. Clients can forge it, so also set
		 * "cf.tracker.tracking.source" to "secret-header"; otherwise a 404 never untracks
		 * a path from this header.
		 */
		private @Nullable String pathHeader;

		private final SecretHeader secretHeader = new SecretHeader();

		private final QueryString queryString = new QueryString();

		private final Ttl ttl = new Ttl();

		public int getFilterOrder() {
			return this.filterOrder;
		}

		public void setFilterOrder(int filterOrder) {
			this.filterOrder = filterOrder;
		}

		public Source getSource() {
			return this.source;
		}

		public void setSource(Source source) {
			this.source = source;
		}

		public int getMaxPaths() {
			return this.maxPaths;
		}

		public void setMaxPaths(int maxPaths) {
			this.maxPaths = maxPaths;
		}

		public int getMaxVariants() {
			return this.maxVariants;
		}

		public void setMaxVariants(int maxVariants) {
			this.maxVariants = maxVariants;
		}

		public @Nullable String getOriginPath() {
			return this.originPath;
		}

		public void setOriginPath(@Nullable String originPath) {
			this.originPath = originPath;
		}

		public @Nullable String getPathHeader() {
			return this.pathHeader;
		}

		public void setPathHeader(@Nullable String pathHeader) {
			this.pathHeader = pathHeader;
		}

		public SecretHeader getSecretHeader() {
			return this.secretHeader;
		}

		public QueryString getQueryString() {
			return this.queryString;
		}

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Set<String> getMethods() {
			return this.methods;
		}

		public void setMethods(Set<String> methods) {
			this.methods = methods;
		}

		public List<String> getInclude() {
			return this.include;
		}

		public void setInclude(List<String> include) {
			this.include = include;
		}

		public List<String> getExclude() {
			return this.exclude;
		}

		public void setExclude(List<String> exclude) {
			this.exclude = exclude;
		}

		public NotFound getNotFound() {
			return this.notFound;
		}

		public void setNotFound(NotFound notFound) {
			this.notFound = notFound;
		}

		public Duration getFlushInterval() {
			return this.flushInterval;
		}

		public void setFlushInterval(Duration flushInterval) {
			this.flushInterval = flushInterval;
		}

		public int getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(int maxPending) {
			this.maxPending = maxPending;
		}

		public Ttl getTtl() {
			return this.ttl;
		}

		/**
		 * Whose requests are tracked.
		 */
		public enum Source {

			/**
			 * Everybody's.
			 */
			ANY,

			/**
			 * Those whose headers say that they come from CloudFront. Whoever reaches the
			 * application directly can forge them.
			 */
			CLOUDFRONT,

			/**
			 * Those that carry one of the secrets in "secret-header".
			 */
			SECRET_HEADER

		}

		/**
		 * Custom header that CloudFront adds for this origin.
		 */
		public static class SecretHeader {

			/**
			 * Name of the custom header that CloudFront adds for this origin.
			 */
			private @Nullable String name;

			/**
			 * Accepted values of the header. Set several to rotate the secret.
			 */
			private List<String> values = new ArrayList<>();

			public @Nullable String getName() {
				return this.name;
			}

			public void setName(@Nullable String name) {
				this.name = name;
			}

			public List<String> getValues() {
				return this.values;
			}

			public void setValues(List<String> values) {
				this.values = values;
			}

		}

		/**
		 * Part of the query string that belongs to CloudFront's cache key.
		 */
		public static class QueryString {

			/**
			 * Which query parameters are part of the cache key. "auto" uses the
			 * distribution's cache policy; if it is unknown, a page is tracked both with
			 * and without its query string.
			 */
			private Mode mode = Mode.AUTO;

			/**
			 * Names of the query parameters to include or exclude, case-sensitive.
			 */
			private Set<String> names = new LinkedHashSet<>();

			public Mode getMode() {
				return this.mode;
			}

			public void setMode(Mode mode) {
				this.mode = mode;
			}

			public Set<String> getNames() {
				return this.names;
			}

			public void setNames(Set<String> names) {
				this.names = names;
			}

			/**
			 * Query parameters in the cache key.
			 */
			public enum Mode {

				/**
				 * Those that the distribution's cache policy says.
				 */
				AUTO,

				/**
				 * All of them.
				 */
				ALL,

				/**
				 * None.
				 */
				NONE,

				/**
				 * Those in "names".
				 */
				INCLUDE,

				/**
				 * All but those in "names".
				 */
				EXCLUDE

			}

		}

		/**
		 * Effect of a 404 on its path.
		 */
		public enum NotFound {

			/**
			 * The path is no longer tracked.
			 */
			UNTRACK,

			/**
			 * A path that was tracked before stays tracked: other edges may still hold
			 * the page from before it was gone.
			 */
			KEEP

		}

		/**
		 * Lifetimes of tracked paths.
		 */
		public static class Ttl {

			/**
			 * How long to track a path: "derived" from the caching headers of the
			 * response, "fixed" to the default lifetime, or "none" for no expiry.
			 * Responses with a lifetime of zero are never tracked.
			 */
			private LifetimePolicy.Mode mode = LifetimePolicy.Mode.DERIVED;

			/**
			 * Lifetime of a response without caching headers, if the distribution's
			 * DefaultTTL is unknown.
			 */
			private Duration defaultLifetime = Duration.ofHours(24);

			/**
			 * Minimum derived lifetime, if the distribution's MinTTL is unknown.
			 */
			private Duration min = Duration.ZERO;

			/**
			 * Maximum derived lifetime, if the distribution's MaxTTL is unknown.
			 */
			private Duration max = Duration.ofDays(365);

			/**
			 * Time added to derived lifetimes, because CloudFront may serve expired
			 * objects while the origin fails. A lifetime of zero, an error, and a
			 * response that only MinTTL caches get none.
			 */
			private Duration grace = Duration.ofHours(1);

			public LifetimePolicy.Mode getMode() {
				return this.mode;
			}

			public void setMode(LifetimePolicy.Mode mode) {
				this.mode = mode;
			}

			public Duration getDefault() {
				return this.defaultLifetime;
			}

			public void setDefault(Duration defaultLifetime) {
				this.defaultLifetime = defaultLifetime;
			}

			public Duration getMin() {
				return this.min;
			}

			public void setMin(Duration min) {
				this.min = min;
			}

			public Duration getMax() {
				return this.max;
			}

			public void setMax(Duration max) {
				this.max = max;
			}

			public Duration getGrace() {
				return this.grace;
			}

			public void setGrace(Duration grace) {
				this.grace = grace;
			}

		}

	}

	/**
	 * Runs: sizes, times and quotas.
	 */
	public static class Invalidation {

		/**
		 * Maximum number of items per CreateInvalidation call, from 1 to 3000.
		 */
		private int batchSize = 1000;

		/**
		 * Target number of items per run, reached by replacing paths with wildcards, or 0
		 * to send every path individually. A wildcard never covers a tracked path that
		 * was not selected.
		 */
		private int maxPaths;

		@NestedConfigurationProperty
		private final Budget budget = new Budget();

		/**
		 * How long a node may be silent before another node resumes its run.
		 */
		private Duration lease = Duration.ofSeconds(30);

		/**
		 * How long a run may take, from its request. A run that takes longer fails, and
		 * paths that were not accepted remain tracked.
		 */
		private Duration giveUpAfter = Duration.ofHours(6);

		/**
		 * How long after a run to still invalidate paths whose responses started before
		 * it.
		 */
		private Duration freshWindow = Duration.ofMinutes(10);

		/**
		 * Maximum number of exact paths sent per second, or 0 for no limit. At 150, a run
		 * of 20,000 paths takes more than two minutes.
		 */
		private int itemsPerSecond = 150;

		/**
		 * Maximum number of wildcards sent per second, or 0 for no limit.
		 */
		private int wildcardsPerSecond = 1;

		/**
		 * Maximum number of exact paths in progress, or 0 for no limit.
		 */
		private int itemsInProgress = 3000;

		/**
		 * Maximum number of wildcards in progress, or 0 for no limit.
		 */
		private int wildcardsInProgress = 15;

		/**
		 * Maximum number of CreateInvalidation calls per second, after a burst of 100
		 * calls.
		 */
		private double callsPerSecond = 0.5;

		/**
		 * Maximum number of finished runs kept for the endpoint, and of failed ones
		 * beside them.
		 */
		private int history = 50;

		/**
		 * Path prefixes that automatic wildcards never cover. Wildcards in a request are
		 * sent anyway.
		 */
		private List<String> protectedPrefixes = new ArrayList<>();

		/**
		 * Waits after throttling, server errors and lost connections.
		 */
		@NestedConfigurationProperty
		private final Waits retryBackoff = new Waits(Duration.ofSeconds(1), Duration.ofMinutes(1));

		/**
		 * Waits while too many invalidations are in progress.
		 */
		@NestedConfigurationProperty
		private final Waits busyBackoff = new Waits(Duration.ofSeconds(30), Duration.ofMinutes(15));

		public List<String> getProtectedPrefixes() {
			return this.protectedPrefixes;
		}

		public void setProtectedPrefixes(List<String> protectedPrefixes) {
			this.protectedPrefixes = protectedPrefixes;
		}

		public int getMaxPaths() {
			return this.maxPaths;
		}

		public void setMaxPaths(int maxPaths) {
			this.maxPaths = maxPaths;
		}

		public Budget getBudget() {
			return this.budget;
		}

		public Waits getRetryBackoff() {
			return this.retryBackoff;
		}

		public Waits getBusyBackoff() {
			return this.busyBackoff;
		}

		public int getBatchSize() {
			return this.batchSize;
		}

		public void setBatchSize(int batchSize) {
			this.batchSize = batchSize;
		}

		public Duration getLease() {
			return this.lease;
		}

		public void setLease(Duration lease) {
			this.lease = lease;
		}

		public Duration getGiveUpAfter() {
			return this.giveUpAfter;
		}

		public void setGiveUpAfter(Duration giveUpAfter) {
			this.giveUpAfter = giveUpAfter;
		}

		public Duration getFreshWindow() {
			return this.freshWindow;
		}

		public void setFreshWindow(Duration freshWindow) {
			this.freshWindow = freshWindow;
		}

		public int getItemsPerSecond() {
			return this.itemsPerSecond;
		}

		public void setItemsPerSecond(int itemsPerSecond) {
			this.itemsPerSecond = itemsPerSecond;
		}

		public int getWildcardsPerSecond() {
			return this.wildcardsPerSecond;
		}

		public void setWildcardsPerSecond(int wildcardsPerSecond) {
			this.wildcardsPerSecond = wildcardsPerSecond;
		}

		public int getItemsInProgress() {
			return this.itemsInProgress;
		}

		public void setItemsInProgress(int itemsInProgress) {
			this.itemsInProgress = itemsInProgress;
		}

		public int getWildcardsInProgress() {
			return this.wildcardsInProgress;
		}

		public void setWildcardsInProgress(int wildcardsInProgress) {
			this.wildcardsInProgress = wildcardsInProgress;
		}

		public double getCallsPerSecond() {
			return this.callsPerSecond;
		}

		public void setCallsPerSecond(double callsPerSecond) {
			this.callsPerSecond = callsPerSecond;
		}

		public int getHistory() {
			return this.history;
		}

		public void setHistory(int history) {
			this.history = history;
		}

	}

	/**
	 * Findings.
	 */
	public static class Findings {

		/**
		 * Ids of findings that are neither logged nor shown, for example
		 * 'viewer-request-function' if the function does not rewrite paths. Findings that
		 * mean that the tracker does not work cannot be ignored.
		 */
		private Set<String> ignore = new LinkedHashSet<>();

		public Set<String> getIgnore() {
			return this.ignore;
		}

		public void setIgnore(Set<String> ignore) {
			this.ignore = ignore;
		}

	}

	/**
	 * Reading of the distribution's settings, and what they do not contain.
	 */
	public static class Distribution {

		/**
		 * Whether to read the distribution's settings from CloudFront at startup, every
		 * hour, and when a run starts. "auto" falls back to the properties if permission
		 * is missing; "true" reports the first failure as a finding; "false" never reads
		 * them.
		 */
		private Mirror mirror = Mirror.AUTO;

		/**
		 * Id of this application's origin in the distribution. By default, it is
		 * determined from the Host header of the requests if the distribution has several
		 * origins.
		 */
		private @Nullable String originId;

		public Mirror getMirror() {
			return this.mirror;
		}

		public void setMirror(Mirror mirror) {
			this.mirror = mirror;
		}

		public @Nullable String getOriginId() {
			return this.originId;
		}

		public void setOriginId(@Nullable String originId) {
			this.originId = originId;
		}

		/**
		 * Reading of the settings of the distribution.
		 */
		public enum Mirror {

			/**
			 * If possible.
			 */
			AUTO,

			/**
			 * Yes.
			 */
			TRUE,

			/**
			 * No.
			 */
			FALSE

		}

	}

	/**
	 * Monthly budget.
	 */
	public static class Budget {

		/**
		 * Maximum number of items sent per month (UTC), unlimited by default. The count
		 * is an estimate because AWS bills per account.
		 */
		private @Nullable Long itemsPerMonth;

		/**
		 * What to do with a run that would exceed the budget: "warn" sends it with a
		 * warning, "fold" first replaces paths with wildcards as far as that is safe,
		 * "reject" fails it and keeps its paths tracked.
		 */
		private OnExcess onExcess = OnExcess.WARN;

		public @Nullable Long getItemsPerMonth() {
			return this.itemsPerMonth;
		}

		public void setItemsPerMonth(@Nullable Long itemsPerMonth) {
			this.itemsPerMonth = itemsPerMonth;
		}

		public OnExcess getOnExcess() {
			return this.onExcess;
		}

		public void setOnExcess(OnExcess onExcess) {
			this.onExcess = onExcess;
		}

	}

	/**
	 * Cache tags of responses.
	 */
	public static class Tags {

		/**
		 * Name of the response header with cache tags that the distribution's
		 * CacheTagConfig names; by default, the tracker resolves tags to paths itself.
		 * The tracker writes the header and reads tags that the application adds to it,
		 * unless "cf.tracker.tracking.enabled" is false.
		 */
		private @Nullable String header;

		/**
		 * Maximum number of tag and path pairs. Beyond it, a path counts as having every
		 * tag.
		 */
		private int maxEntries = 1_000_000;

		public @Nullable String getHeader() {
			return this.header;
		}

		public void setHeader(@Nullable String header) {
			this.header = header;
		}

		/**
		 * Return the name of the header.
		 * @return the name, {@code null} if there is none
		 */
		@Nullable String name() {
			return StringUtils.hasText(this.header) ? this.header : null;
		}

		public int getMaxEntries() {
			return this.maxEntries;
		}

		public void setMaxEntries(int maxEntries) {
			this.maxEntries = maxEntries;
		}

	}

	/**
	 * Waits that double from attempt to attempt.
	 */
	public static class Waits {

		/**
		 * First wait.
		 */
		private Duration min;

		/**
		 * Maximum wait.
		 */
		private Duration max;

		Waits(Duration min, Duration max) {
			this.min = min;
			this.max = max;
		}

		public Duration getMin() {
			return this.min;
		}

		public void setMin(Duration min) {
			this.min = min;
		}

		public Duration getMax() {
			return this.max;
		}

		public void setMax(Duration max) {
			this.max = max;
		}

	}

	/**
	 * Scheduled run.
	 */
	public static class Schedule {

		/**
		 * When to invalidate everything, as a Spring cron expression with six fields, or
		 * "-" to disable the schedule.
		 */
		private String cron = "-";

		/**
		 * Time zone of the cron expression. By default, the time zone of the JVM.
		 */
		private @Nullable String zone;

		public String getCron() {
			return this.cron;
		}

		public void setCron(String cron) {
			this.cron = cron;
		}

		public @Nullable String getZone() {
			return this.zone;
		}

		public void setZone(@Nullable String zone) {
			this.zone = zone;
		}

	}

	/**
	 * Price of invalidations.
	 */
	public static class Pricing {

		/**
		 * Price of an item in US dollars, for the costs shown. Set it if the distribution
		 * has a flat-rate plan or is in the China regions.
		 */
		private BigDecimal usdPerItem = new BigDecimal("0.005");

		/**
		 * Number of items per month and account that AWS does not bill. Costs are shown
		 * without deducting them; a run that sends more is logged with a warning if it
		 * sends more than 1,000 items.
		 */
		private long freeItems = 1000;

		public BigDecimal getUsdPerItem() {
			return this.usdPerItem;
		}

		public void setUsdPerItem(BigDecimal usdPerItem) {
			this.usdPerItem = usdPerItem;
		}

		public long getFreeItems() {
			return this.freeItems;
		}

		public void setFreeItems(long freeItems) {
			this.freeItems = freeItems;
		}

	}

}
