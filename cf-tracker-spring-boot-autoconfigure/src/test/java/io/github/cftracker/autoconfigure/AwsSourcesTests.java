package io.github.cftracker.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a call goes, and with which credentials, for each pair of what {@code cf.tracker}
 * sets and what the application has. Each server accepts one access key only.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class AwsSourcesTests {

	private static final String DISTRIBUTION = "E123";

	private static final String SECRET = "secret";

	private static final URI CLOSED_PORT = URI.create("http://127.0.0.1:1");

	private static final Map<String, URI> NOWHERE = Map.of("aws", CLOSED_PORT, "endpoint", CLOSED_PORT, "emulator",
			CLOSED_PORT, "application", CLOSED_PORT);

	private static final Map<String, String> SYSTEM = new HashMap<>();

	private static final Map<String, LocalCloudFront> servers = new HashMap<>();

	private static final List<String> assumed = new ArrayList<>();

	private static HttpServer sts;

	private final List<String> tokens = new ArrayList<>();

	@BeforeAll
	static void start() throws IOException {
		sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		sts.createContext("/", AwsSourcesTests::assumeRole);
		sts.start();
		set("aws.endpointUrlSts", "http://127.0.0.1:" + sts.getAddress().getPort());
		set("aws.accessKeyId", "chain");
		set("aws.secretAccessKey", SECRET);
	}

	@AfterAll
	static void stop() {
		SYSTEM.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
		servers.values().forEach(LocalCloudFront::close);
		sts.stop(0);
	}

	@BeforeEach
	void clear() {
		servers.values().forEach(LocalCloudFront::clear);
		assumed.clear();
	}

	private static void set(String name, String value) {
		String before = System.setProperty(name, value);
		SYSTEM.putIfAbsent(name, before);
	}

	private static void assumeRole(HttpExchange exchange) throws IOException {
		String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String signature = exchange.getRequestHeaders().getFirst("Authorization");
		boolean aws = exchange.getRequestHeaders().getFirst("Host").endsWith(":" + sts.getAddress().getPort());
		assumed.add(signature.replaceAll(".*Credential=([^/]+)/.*", "$1") + (aws ? " at aws" : " at emulator") + " as "
				+ request.replaceAll(".*RoleSessionName=([^&]+).*", "$1"));
		byte[] answer = """
				<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>role</AccessKeyId>
				<SecretAccessKey>%s</SecretAccessKey><SessionToken>token-of-role</SessionToken>
				<Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
				""".formatted(SECRET, Instant.now().plus(1, ChronoUnit.HOURS)).getBytes(StandardCharsets.UTF_8);
		// The next call to the same port may be one of CloudFront
		exchange.getResponseHeaders().set("Connection", "close");
		exchange.sendResponseHeaders(200, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# cf.tracker      | application        | goes to     | access key | token         | role assumed by
			NOTHING           | NOTHING            | aws         | chain      | -             | -
			NOTHING           | CONNECTION_DETAILS | emulator    | details    | -             | -
			NOTHING           | ONE_CLIENT         | application | client     | -             | -
			NOTHING           | PRIMARY_CLIENT     | application | client     | -             | -
			NOTHING           | FALLBACK_CLIENT    | application | client     | -             | -
			NOTHING           | CREDENTIALS        | aws         | bean       | -             | -
			NOTHING           | CLOUD_CREDENTIALS  | aws         | cloud      | -             | -
			NOTHING           | CLOUD_ENDPOINT     | emulator    | cloud      | -             | -
			ENDPOINT          | NOTHING            | endpoint    | chain      | -             | -
			ENDPOINT          | CONNECTION_DETAILS | endpoint    | details    | -             | -
			ENDPOINT          | ONE_CLIENT         | endpoint    | chain      | -             | -
			ENDPOINT          | PRIMARY_CLIENT     | endpoint    | chain      | -             | -
			ENDPOINT          | FALLBACK_CLIENT    | endpoint    | chain      | -             | -
			ENDPOINT          | TWO_CLIENTS        | endpoint    | chain      | -             | -
			ENDPOINT          | CREDENTIALS        | endpoint    | bean       | -             | -
			ENDPOINT          | CLOUD_CREDENTIALS  | endpoint    | cloud      | -             | -
			ENDPOINT          | CLOUD_ENDPOINT     | endpoint    | cloud      | -             | -
			KEYS              | NOTHING            | aws         | keys       | -             | -
			KEYS              | CONNECTION_DETAILS | aws         | keys       | -             | -
			KEYS              | ONE_CLIENT         | aws         | keys       | -             | -
			KEYS              | PRIMARY_CLIENT     | aws         | keys       | -             | -
			KEYS              | FALLBACK_CLIENT    | aws         | keys       | -             | -
			KEYS              | TWO_CLIENTS        | aws         | keys       | -             | -
			KEYS              | CREDENTIALS        | aws         | keys       | -             | -
			KEYS              | CLOUD_CREDENTIALS  | aws         | keys       | -             | -
			KEYS              | CLOUD_ENDPOINT     | emulator    | keys       | -             | -
			TOKEN             | NOTHING            | aws         | ASIAKEYS   | token         | -
			TOKEN             | CONNECTION_DETAILS | aws         | ASIAKEYS   | token         | -
			TOKEN             | ONE_CLIENT         | aws         | ASIAKEYS   | token         | -
			TOKEN             | PRIMARY_CLIENT     | aws         | ASIAKEYS   | token         | -
			TOKEN             | FALLBACK_CLIENT    | aws         | ASIAKEYS   | token         | -
			TOKEN             | TWO_CLIENTS        | aws         | ASIAKEYS   | token         | -
			TOKEN             | CREDENTIALS        | aws         | ASIAKEYS   | token         | -
			TOKEN             | CLOUD_CREDENTIALS  | aws         | ASIAKEYS   | token         | -
			TOKEN             | CLOUD_ENDPOINT     | emulator    | ASIAKEYS   | token         | -
			ROLE              | NOTHING            | aws         | role       | token-of-role | chain at aws
			ROLE              | CONNECTION_DETAILS | aws         | role       | token-of-role | details at aws
			ROLE              | ONE_CLIENT         | aws         | role       | token-of-role | chain at aws
			ROLE              | PRIMARY_CLIENT     | aws         | role       | token-of-role | chain at aws
			ROLE              | FALLBACK_CLIENT    | aws         | role       | token-of-role | chain at aws
			ROLE              | TWO_CLIENTS        | aws         | role       | token-of-role | chain at aws
			ROLE              | CREDENTIALS        | aws         | role       | token-of-role | bean at aws
			ROLE              | CLOUD_CREDENTIALS  | aws         | role       | token-of-role | cloud at aws
			ROLE              | CLOUD_ENDPOINT     | emulator    | role       | token-of-role | cloud at emulator
			ROLE_AND_KEYS     | NOTHING            | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | CONNECTION_DETAILS | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | ONE_CLIENT         | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | PRIMARY_CLIENT     | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | FALLBACK_CLIENT    | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | TWO_CLIENTS        | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | CREDENTIALS        | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | CLOUD_CREDENTIALS  | aws         | role       | token-of-role | keys at aws
			ROLE_AND_KEYS     | CLOUD_ENDPOINT     | emulator    | role       | token-of-role | keys at emulator
			ENDPOINT_AND_ROLE | NOTHING            | endpoint    | role       | token-of-role | chain at aws
			ENDPOINT_AND_ROLE | CONNECTION_DETAILS | endpoint    | role       | token-of-role | details at emulator
			ENDPOINT_AND_ROLE | ONE_CLIENT         | endpoint    | role       | token-of-role | chain at aws
			ENDPOINT_AND_ROLE | PRIMARY_CLIENT     | endpoint    | role       | token-of-role | chain at aws
			ENDPOINT_AND_ROLE | FALLBACK_CLIENT    | endpoint    | role       | token-of-role | chain at aws
			ENDPOINT_AND_ROLE | TWO_CLIENTS        | endpoint    | role       | token-of-role | chain at aws
			ENDPOINT_AND_ROLE | CREDENTIALS        | endpoint    | role       | token-of-role | bean at aws
			ENDPOINT_AND_ROLE | CLOUD_CREDENTIALS  | endpoint    | role       | token-of-role | cloud at aws
			ENDPOINT_AND_ROLE | CLOUD_ENDPOINT     | endpoint    | role       | token-of-role | cloud at emulator
			ALL               | NOTHING            | endpoint    | role       | token-of-role | keys at aws
			ALL               | CONNECTION_DETAILS | endpoint    | role       | token-of-role | keys at aws
			ALL               | ONE_CLIENT         | endpoint    | role       | token-of-role | keys at aws
			ALL               | PRIMARY_CLIENT     | endpoint    | role       | token-of-role | keys at aws
			ALL               | FALLBACK_CLIENT    | endpoint    | role       | token-of-role | keys at aws
			ALL               | TWO_CLIENTS        | endpoint    | role       | token-of-role | keys at aws
			ALL               | CREDENTIALS        | endpoint    | role       | token-of-role | keys at aws
			ALL               | CLOUD_CREDENTIALS  | endpoint    | role       | token-of-role | keys at aws
			ALL               | CLOUD_ENDPOINT     | endpoint    | role       | token-of-role | keys at emulator
			""")
	void callsWithTheCredentials(Settings settings, Application application, String place, String accessKey,
			String token, String assumedBy) throws IOException {
		LocalCloudFront expected = server(accessKey);
		LocalCloudFront wrong = server("wrong");
		Map<String, URI> places = new HashMap<>();
		List.of("aws", "endpoint", "emulator", "application").forEach((name) -> places.put(name, wrong.endpoint()));
		places.put(place, expected.endpoint());
		try (ServerSocket emulator = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
			emulate(emulator, places.get("emulator"));
			places.put("emulator", URI.create("http://127.0.0.1:" + emulator.getLocalPort()));
			runner(settings, application, places).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().containsSingleton("client")).as("client was created early")
					.isFalse();
				assertThat(context.getBeansOfType(CloudFrontClient.class)).as("beans of the application only")
					.hasSize(application.clients);
				context.getBean(InvalidationClient.class).create(settings + "-" + application, List.of("/a"));
			});
		}
		assertThat(expected.invalidations()).extracting("callerReference")
			.containsExactly(settings + "-" + application);
		assertThat(wrong.calls()).isEmpty();
		assertThat(this.tokens).isEqualTo((token != null) ? List.of(token) : List.of());
		assertThat(assumed).isEqualTo((assumedBy != null) ? List.of(assumedBy + " as cf-tracker") : List.of());
	}

	@Test
	void doesNotStartWithTwoClientsOfWhichNoneIsPrimary() {
		runner(Settings.NOTHING, Application.TWO_CLIENTS, NOWHERE).run((context) -> assertThat(context).getFailure()
			.isInstanceOf(CfTrackerConfigurationException.class)
			.hasMessage("The application has several CloudFront clients, and none is primary: client, other."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					NOTHING | NOTHING            | client cf-tracker (credentials of the AWS default chain), store
					NOTHING | CREDENTIALS        | client cf-tracker (credentials of bean 'credentials'), store
					NOTHING | ONE_CLIENT         | client bean 'client', store
					NOTHING | CONNECTION_DETAILS | client cf-tracker (credentials of bean 'credentialsProvider', endpoint http://127.0.0.1:1 of AwsConnectionDetails), store
					NOTHING | CLOUD_ENDPOINT     | client cf-tracker (credentials of bean 'credentialsProvider', endpoint http://127.0.0.1:1 of 'spring.cloud.aws.endpoint'), store
					ENDPOINT | CONNECTION_DETAILS | client cf-tracker (credentials of bean 'credentialsProvider', endpoint http://127.0.0.1:1 of 'cf.tracker.endpoint'), store
					KEYS    | CONNECTION_DETAILS | client cf-tracker (credentials of 'cf.tracker.access-key'), store
					KEYS    | CLOUD_ENDPOINT     | client cf-tracker (credentials of 'cf.tracker.access-key', endpoint http://127.0.0.1:1 of 'spring.cloud.aws.endpoint'), store
					KEYS    | ONE_CLIENT         | client cf-tracker (credentials of 'cf.tracker.access-key'), store
					ALL     | NOTHING            | client cf-tracker (credentials of role arn:aws:iam::111122223333:role/cdn, endpoint http://127.0.0.1:1 of 'cf.tracker.endpoint'), store
					""")
	void reportsWhichClientIsInUse(Settings settings, Application application, String text, CapturedOutput output) {
		runner(settings, application, NOWHERE)
			.run((context) -> assertThat(output).containsOnlyOnce("cf-tracker: distribution E123, " + text)
				.doesNotContain(SECRET));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					NOTHING  | ONE_CLIENT         | cf.tracker.region=cn-northwest-1   | client bean 'client' (ignores 'cf.tracker.region'), store
					NOTHING  | ONE_CLIENT         | cf.tracker.dualstack-enabled=false | client bean 'client' (ignores 'cf.tracker.dualstack-enabled'), store
					ENDPOINT | NOTHING            | cf.tracker.dualstack-enabled=true  | endpoint http://127.0.0.1:1 of 'cf.tracker.endpoint', which ignores 'cf.tracker.dualstack-enabled'), store
					NOTHING  | CONNECTION_DETAILS | cf.tracker.dualstack-enabled=true  | endpoint http://127.0.0.1:1 of AwsConnectionDetails, which ignores 'cf.tracker.dualstack-enabled'), store
					ENDPOINT | NOTHING            | cf.tracker.dualstack-enabled=false | endpoint http://127.0.0.1:1 of 'cf.tracker.endpoint'), store
					NOTHING  | NOTHING            | cf.tracker.dualstack-enabled=true  | client cf-tracker (credentials of the AWS default chain), store
					""")
	void reportsWhatIsIgnored(Settings settings, Application application, String property, String text,
			CapturedOutput output) {
		runner(settings, application, NOWHERE).withPropertyValues(property)
			.run((context) -> assertThat(output).containsOnlyOnce(text));
	}

	@Test
	void reportsNoPassword(CapturedOutput output) {
		runner(Settings.NOTHING, Application.CLOUD_CREDENTIALS, NOWHERE)
			.withPropertyValues("spring.cloud.aws.endpoint=http://user:do-not-show-me@localhost:1")
			.run((context) -> assertThat(output).contains("endpoint ***@localhost:1 of 'spring.cloud.aws.endpoint'")
				.doesNotContain("do-not-show-me"));
	}

	@Test
	void callsAnEmulatorInSpiteOfDualStack() {
		LocalCloudFront emulator = server("details");
		Map<String, URI> places = new HashMap<>(NOWHERE);
		places.put("emulator", emulator.endpoint());
		runner(Settings.NOTHING, Application.CONNECTION_DETAILS, places)
			.withPropertyValues("cf.tracker.dualstack-enabled=true")
			.run((context) -> context.getBean(InvalidationClient.class).create("dual-stack", List.of("/a")));
		assertThat(emulator.invalidations()).extracting("callerReference").containsExactly("dual-stack");
	}

	/**
	 * Answer calls of AWS STS and of CloudFront on one port, as an emulator does.
	 */
	private static void emulate(ServerSocket emulator, URI cloudFront) {
		start(() -> {
			while (!emulator.isClosed()) {
				Socket client = emulator.accept();
				start(() -> forward(client, cloudFront));
			}
		});
	}

	private static void forward(Socket client, URI cloudFront) throws IOException {
		String first = new String(client.getInputStream().readNBytes("POST / ".length()), StandardCharsets.UTF_8);
		int port = first.equals("POST / ") ? sts.getAddress().getPort() : cloudFront.getPort();
		try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
			server.getOutputStream().write(first.getBytes(StandardCharsets.UTF_8));
			start(() -> client.getInputStream().transferTo(server.getOutputStream()));
			server.getInputStream().transferTo(client.getOutputStream());
		}
	}

	private static void start(Connection connection) {
		Thread thread = new Thread(() -> {
			try {
				connection.run();
			}
			catch (IOException ex) {
				// One side has ended
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private static LocalCloudFront server(String accessKey) {
		return servers.computeIfAbsent(accessKey,
				(key) -> LocalCloudFront.builder()
					.distributionId(DISTRIBUTION)
					.accessKey(key)
					.secretKey(SECRET)
					.start());
	}

	private ApplicationContextRunner runner(Settings settings, Application application, Map<String, URI> places) {
		set("aws.endpointUrlCloudFront", places.get("aws").toString());
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations
				.of(application.springCloudAws ? TrackerAutoConfigurations.ALL : TrackerAutoConfigurations.OWN))
			.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution.mirror=false",
					"cf.tracker.distribution-id=" + DISTRIBUTION)
			.withPropertyValues(settings.properties(places.get("endpoint")))
			.withBean(CloudFrontClientCustomizer.class, () -> (builder) -> builder
				.overrideConfiguration((override) -> override.addExecutionInterceptor(new TokenReader(this.tokens))));
		if (!application.springCloudAws) {
			runner = runner.withClassLoader(new FilteredClassLoader("io.awspring"));
		}
		return application.apply(runner, places);
	}

	private static StaticCredentialsProvider credentials(String accessKey) {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, SECRET));
	}

	private static CloudFrontClient client(URI endpoint, String accessKey) {
		return CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.endpointOverride(endpoint)
			.credentialsProvider(credentials(accessKey))
			.build();
	}

	private enum Settings {

		NOTHING, ENDPOINT, KEYS, TOKEN, ROLE, ROLE_AND_KEYS, ENDPOINT_AND_ROLE, ALL;

		String[] properties(URI endpoint) {
			Stream.Builder<String> properties = Stream.builder();
			if (this == ENDPOINT || this == ENDPOINT_AND_ROLE || this == ALL) {
				properties.add("cf.tracker.endpoint=" + endpoint);
			}
			if (this == KEYS || this == ROLE_AND_KEYS || this == ALL) {
				properties.add("cf.tracker.access-key=keys").add("cf.tracker.secret-key=" + SECRET);
			}
			if (this == TOKEN) {
				properties.add("cf.tracker.access-key=ASIAKEYS")
					.add("cf.tracker.secret-key=" + SECRET)
					.add("cf.tracker.session-token=token");
			}
			if (this == ROLE || this == ROLE_AND_KEYS || this == ENDPOINT_AND_ROLE || this == ALL) {
				properties.add("cf.tracker.role-arn=arn:aws:iam::111122223333:role/cdn");
			}
			return properties.build().toArray(String[]::new);
		}

	}

	private enum Application {

		NOTHING(0, false), CONNECTION_DETAILS(0, true), ONE_CLIENT(1, false), PRIMARY_CLIENT(2, false),
		FALLBACK_CLIENT(2, false), TWO_CLIENTS(2, false), CREDENTIALS(0, false), CLOUD_CREDENTIALS(0, true),
		CLOUD_ENDPOINT(0, true);

		private final int clients;

		private final boolean springCloudAws;

		Application(int clients, boolean springCloudAws) {
			this.clients = clients;
			this.springCloudAws = springCloudAws;
		}

		ApplicationContextRunner apply(ApplicationContextRunner runner, Map<String, URI> places) {
			URI application = places.get("application");
			return switch (this) {
				case NOTHING -> runner;
				case CONNECTION_DETAILS ->
					runner.withBean(AwsConnectionDetails.class, () -> new Emulator(places.get("emulator")));
				case ONE_CLIENT -> runner.withBean("client", CloudFrontClient.class,
						() -> client(application, "client"), (definition) -> definition.setLazyInit(true));
				case PRIMARY_CLIENT -> runner
					.withBean("client", CloudFrontClient.class, () -> client(application, "client"), (definition) -> {
						definition.setLazyInit(true);
						definition.setPrimary(true);
					})
					.withBean("other", CloudFrontClient.class, () -> client(application, "other"));
				case FALLBACK_CLIENT -> runner
					.withBean("client", CloudFrontClient.class, () -> client(application, "client"),
							(definition) -> definition.setLazyInit(true))
					.withBean("other", CloudFrontClient.class, () -> client(application, "other"),
							(definition) -> definition.setFallback(true));
				case TWO_CLIENTS -> runner
					.withBean("client", CloudFrontClient.class, () -> client(application, "client"),
							(definition) -> definition.setLazyInit(true))
					.withBean("other", CloudFrontClient.class, () -> client(application, "other"));
				case CREDENTIALS ->
					runner.withBean("credentials", AwsCredentialsProvider.class, () -> credentials("bean"));
				case CLOUD_CREDENTIALS -> runner.withPropertyValues(cloud());
				case CLOUD_ENDPOINT -> runner.withPropertyValues(cloud())
					.withPropertyValues("spring.cloud.aws.endpoint=" + places.get("emulator"));
			};
		}

		private static String[] cloud() {
			return new String[] { "spring.cloud.aws.credentials.access-key=cloud",
					"spring.cloud.aws.credentials.secret-key=" + SECRET,
					"spring.cloud.aws.region.static=eu-central-1" };
		}

	}

	/**
	 * Connection details as those of LocalStack, with a region that CloudFront refuses.
	 */
	private record Emulator(URI uri) implements AwsConnectionDetails {

		@Override
		public URI getEndpoint() {
			return this.uri;
		}

		@Override
		public String getRegion() {
			return "eu-central-1";
		}

		@Override
		public String getAccessKey() {
			return "details";
		}

		@Override
		public String getSecretKey() {
			return SECRET;
		}

	}

	private interface Connection {

		void run() throws IOException;

	}

	private record TokenReader(List<String> tokens) implements ExecutionInterceptor {

		@Override
		public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
			context.httpRequest().firstMatchingHeader("X-Amz-Security-Token").ifPresent(this.tokens::add);
		}

	}

}
