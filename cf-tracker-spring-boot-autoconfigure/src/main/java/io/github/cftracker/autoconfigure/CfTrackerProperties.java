package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.run.Budget.OnExcess;
import io.github.cftracker.tracking.LifetimePolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.StringUtils;

/**
 * What to track, where to keep it, and how to invalidate it.
 */
@ConfigurationProperties(CfTrackerProperties.PREFIX)
public class CfTrackerProperties implements InitializingBean {

	/**
	 * The prefix of all properties.
	 */
	public static final String PREFIX = "cf.tracker";

	/**
	 * Whether the starter does anything. Switch it off in profiles that have no
	 * distribution.
	 */
	private boolean enabled = true;

	/**
	 * Id of the CloudFront distribution in front of the application, for example
	 * "E2QWRUHAPOMQZL".
	 */
	private @Nullable String distributionId;

	/**
	 * Where tracked paths are kept.
	 */
	private Store store = Store.REDIS;

	/**
	 * URL of a Redis for the tracker alone: a server "redis://user:password@host:6379/0",
	 * a Redis Cluster "redis://user:password@host1:6379,host2:6379" (a single address is
	 * named twice), or Sentinels
	 * "redis-sentinel://user:password@host1:26379,host2:26379/0#master", where user and
	 * password are those of the servers; Sentinels that ask for a password themselves
	 * need spring.data.redis.sentinel. With TLS "rediss" and "rediss-sentinel". Not set:
	 * the Redis the application is configured for.
	 */
	private @Nullable String redisUrl;

	/**
	 * What every Redis key begins with. The distribution id follows it.
	 */
	private String keyPrefix = "cf-tracker";

	/**
	 * Whether to start without a web server, invalidate everything, wait for the end, and
	 * exit with 0 or 1.
	 */
	private boolean runOnce;

	private final Redis redis = new Redis();

	private final Tracking tracking = new Tracking();

	private final Invalidation invalidation = new Invalidation();

	private final Distribution distribution = new Distribution();

	private final Tags tags = new Tags();

	private final Schedule schedule = new Schedule();

	@Override
	public void afterPropertiesSet() {
		PropertiesCheck.check(this);
	}

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
			throw new IllegalStateException("The properties were not checked");
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

	public Invalidation getInvalidation() {
		return this.invalidation;
	}

	public Distribution getDistribution() {
		return this.distribution;
	}

	public Tags getTags() {
		return this.tags;
	}

	public Schedule getSchedule() {
		return this.schedule;
	}

	/**
	 * Where tracked paths are kept.
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
	 * The connection to Redis.
	 */
	public static class Redis {

		/**
		 * Whether to keep Spring Boot's Redis auto-configuration although the application
		 * sets nothing under "spring.data.redis" and the tracker does not need it.
		 */
		private boolean keepBootAutoConfiguration;

		/**
		 * Timeout of connects and commands on the tracker's own connection.
		 */
		private Duration timeout = Duration.ofMillis(500);

		/**
		 * How many replicas must have a batch before it is sent, so that a failover
		 * cannot take it back. A batch that cannot be confirmed waits.
		 */
		private int waitReplicas;

		public int getWaitReplicas() {
			return this.waitReplicas;
		}

		public void setWaitReplicas(int waitReplicas) {
			this.waitReplicas = waitReplicas;
		}

		public boolean isKeepBootAutoConfiguration() {
			return this.keepBootAutoConfiguration;
		}

		public void setKeepBootAutoConfiguration(boolean keepBootAutoConfiguration) {
			this.keepBootAutoConfiguration = keepBootAutoConfiguration;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * What is tracked, and for how long.
	 */
	public static class Tracking {

		/**
		 * Whether page requests are tracked, and labelled with cache tags.
		 */
		private boolean enabled = true;

		/**
		 * Whose requests are tracked: "any", those whose headers say that they come from
		 * CloudFront, or those that carry a secret header.
		 */
		private Source source = Source.ANY;

		/**
		 * Request methods to track. With GET and HEAD, OPTIONS is tracked too where a
		 * cache behavior is known to cache it.
		 */
		private Set<String> methods = new LinkedHashSet<>(List.of("GET", "HEAD"));

		/**
		 * Spring path patterns of what to track, without the context path. Empty: all.
		 */
		private List<String> include = new ArrayList<>();

		/**
		 * Spring path patterns of what not to track, without the context path. The
		 * management base path is never tracked.
		 */
		private List<String> exclude = new ArrayList<>();

		/**
		 * What a 404 does to its path: untrack it, or keep it, because other edges may
		 * hold the page from before it was gone.
		 */
		private NotFound notFound = NotFound.UNTRACK;

		/**
		 * How often recorded paths are written to the store.
		 */
		private Duration flushInterval = Duration.ofMillis(100);

		/**
		 * How many distinct paths may wait to be written.
		 */
		private int maxPending = 100_000;

		/**
		 * How many paths may be tracked overall. Beyond it a new path is tracked as a
		 * wildcard of its folder, or not at all.
		 */
		private int maxPaths = 1_000_000;

		/**
		 * How many paths may be tracked for each MVC route, as each node counts them.
		 * Beyond it they become one wildcard.
		 */
		private int maxVariants = 10_000;

		/**
		 * What CloudFront puts in front of paths on their way to the application, such as
		 * "/shop". Not set: what the distribution says, else nothing.
		 */
		private @Nullable String originPath;

		/**
		 * Name of the request header with the viewer's path, for edge functions that
		 * rewrite the path after the cache. Whoever can send it has any path tracked, so
		 * set "cf.tracker.tracking.source" to "secret-header" as well; only then does a
		 * 404 untrack by it.
		 */
		private @Nullable String pathHeader;

		private final SecretHeader secretHeader = new SecretHeader();

		private final QueryString queryString = new QueryString();

		private final Ttl ttl = new Ttl();

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
		 * The custom header that CloudFront adds for this origin.
		 */
		public static class SecretHeader {

			/**
			 * Name of the header.
			 */
			private @Nullable String name;

			/**
			 * Accepted values, several while one is being replaced by another.
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
		 * What of the query string is part of CloudFront's cache key.
		 */
		public static class QueryString {

			/**
			 * Which parameters: "auto" goes by the distribution, or tracks a page both
			 * with its query string and without it where the distribution is not known.
			 */
			private Mode mode = Mode.AUTO;

			/**
			 * Names of the parameters to include or exclude, case-sensitive.
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
			 * Which parameters are part of the cache key.
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
		 * What a 404 does to its path.
		 */
		public enum NotFound {

			/**
			 * The path is tracked no more.
			 */
			UNTRACK,

			/**
			 * A path that was tracked before stays tracked: other edges may still hold
			 * the page from before it was gone.
			 */
			KEEP

		}

		/**
		 * How long a path is tracked.
		 */
		public static class Ttl {

			/**
			 * Where lifetimes come from: "derived" from the response's caching headers,
			 * "fixed" to the default, or "none".
			 */
			private LifetimePolicy.Mode mode = LifetimePolicy.Mode.DERIVED;

			/**
			 * Lifetime of a response that names none, where the distribution's own
			 * DefaultTTL is not known.
			 */
			private Duration defaultLifetime = Duration.ofHours(24);

			/**
			 * Shortest derived lifetime, where the distribution's own MinTTL is not
			 * known.
			 */
			private Duration min = Duration.ZERO;

			/**
			 * Longest derived lifetime, where the distribution's own MaxTTL is not known.
			 */
			private Duration max = Duration.ofDays(365);

			/**
			 * Added to derived lifetimes, because CloudFront serves expired objects while
			 * the origin fails.
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
	 * How paths are sent to CloudFront.
	 */
	public static class Invalidation {

		/**
		 * Items per CreateInvalidation, 1 to 3000.
		 */
		private int batchSize = 1000;

		/**
		 * How many items a run aims at by folding paths into wildcards, never one over a
		 * tracked path that was not selected. 0: every path is sent by itself.
		 */
		private int maxPaths;

		@NestedConfigurationProperty
		private final Budget budget = new Budget();

		/**
		 * How long the node of a run may be silent before another node carries it on.
		 */
		private Duration lease = Duration.ofSeconds(30);

		/**
		 * How long after its request a run may take.
		 */
		private Duration giveUpAfter = Duration.ofHours(6);

		/**
		 * How long after a run paths are still sent whose responses began before it.
		 */
		private Duration freshWindow = Duration.ofMinutes(10);

		/**
		 * Exact paths sent per second at the most: with 150, 20,000 paths take more than
		 * two minutes. 0: no limit.
		 */
		private int itemsPerSecond = 150;

		/**
		 * Wildcards sent per second at the most. 0: no limit.
		 */
		private int wildcardsPerSecond = 1;

		/**
		 * Exact paths in progress at the most. 0: no limit.
		 */
		private int itemsInProgress = 3000;

		/**
		 * Wildcards in progress at the most. 0: no limit.
		 */
		private int wildcardsInProgress = 15;

		/**
		 * CreateInvalidation calls per second at the most, after 100 that may follow each
		 * other at once.
		 */
		private double callsPerSecond = 0.5;

		/**
		 * How many runs are kept for the endpoint.
		 */
		private int history = 50;

		/**
		 * Beginnings of paths that no wildcard covers unless somebody asks for it.
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
	 * What is known of the distribution.
	 */
	public static class Distribution {

		/**
		 * Whether the settings of the distribution are read from CloudFront, at start and
		 * every hour: "auto" does without where that is not permitted, and for "true" it
		 * is wrong that they cannot be read for whatever reason.
		 */
		private Mirror mirror = Mirror.AUTO;

		/**
		 * Id of the origin in the distribution that this application is. Not set: told by
		 * the Host of the requests where the distribution has several.
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
		 * Whether to read the settings of the distribution.
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
	 * What may be spent.
	 */
	public static class Budget {

		/**
		 * How many items the runs of a month (UTC) may send. An estimate, because AWS
		 * bills per account. Not set: no limit.
		 */
		private @Nullable Long itemsPerMonth;

		/**
		 * What to do with a run that would exceed the budget: send it with a warning,
		 * fold its paths into fewer items, or reject it.
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
		 * Name of the response header in which CloudFront gets cache tags, the one that
		 * the distribution's CacheTagConfig names. The tracker writes it where pages have
		 * tags, and reads what the application writes into it; nothing of it with
		 * "cf.tracker.tracking.enabled=false". Not set: the tracker alone knows the tags,
		 * and invalidates the paths that have one.
		 */
		private @Nullable String header;

		/**
		 * How many pairs of a tag and a path are kept. Beyond it a path counts as having
		 * every tag.
		 */
		private int maxEntries = 1_000_000;

		public @Nullable String getHeader() {
			return this.header;
		}

		public void setHeader(@Nullable String header) {
			this.header = header;
		}

		/**
		 * The name of the header.
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
		 * The first wait.
		 */
		private Duration min;

		/**
		 * The longest wait.
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
	 * The scheduled run.
	 */
	public static class Schedule {

		/**
		 * When to invalidate everything, as a Spring cron expression with six fields.
		 * "-": never.
		 */
		private String cron = "-";

		/**
		 * Time zone of the cron expression. Not set: the one of the JVM.
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

}
