package io.github.cftracker.web.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One table of requests to the endpoints, which every web stack answers alike.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EndpointRequestsContractTests {

	private HttpClient http;

	private ConfigurableApplicationContext application;

	/**
	 * Make a client without connections. A server may answer before it has read the body,
	 * and close the connection then; a POST on that connection fails.
	 */
	@BeforeEach
	void connectAnew() {
		this.http = HttpClient.newHttpClient();
	}

	@BeforeAll
	void start() {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--cf.tracker.distribution-id=E1EXAMPLE",
				"--cf.tracker.store=memory", "--cf.tracker.distribution.mirror=false"));
		arguments.addAll(arguments());
		this.application = configure(new SpringApplicationBuilder(RecordedRequests.class))
			.run(arguments.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	/**
	 * Choose the web stack.
	 */
	abstract SpringApplicationBuilder configure(SpringApplicationBuilder application);

	/**
	 * Return further properties.
	 */
	List<String> arguments() {
		return List.of();
	}

	/**
	 * Return what precedes {@code /actuator}.
	 */
	String contextPath() {
		return "";
	}

	/**
	 * Return the property that has the port of the endpoints.
	 */
	String port() {
		return "local.server.port";
	}

	/**
	 * Return whether a body may have more than 256 KB.
	 */
	boolean takesLargeBodies() {
		return true;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# content type                                | query                    | body                                       | status | field  | requested
					-                                             | -                        | -                                          | 202    | -      | everything
					application/json                              | -                        | -                                          | 202    | -      | everything
					application/json                              | -                        | {}                                         | 202    | -      | everything
					application/json                              | -                        | ' {\t}\n '                                 | 202    | -      | everything
					application/json;charset=utf-8                | -                        | {"wait":"10ms"}                            | 202    | -      | everything
					application/vnd.spring-boot.actuator.v3+json  | -                        | {}                                         | 202    | -      | everything
					-                                             | wait=10ms                | -                                          | 202    | -      | everything
					application/json                              | -                        | {"dryRun":true}                            | 200    | -      | plan of everything
					application/json                              | -                        | {"dryRun":"true"}                          | 200    | -      | plan of everything
					-                                             | dryRun=true              | -                                          | 200    | -      | plan of everything
					-                                             | dryRun=true&wait=1s      | -                                          | 200    | -      | plan of everything
					-                                             | paths=/a                 | -                                          | 202    | -      | [/a]
					-                                             | paths=/a%20/b/*          | -                                          | 202    | -      | [/a, /b/*]
					-                                             | paths=/a&paths=/b        | -                                          | 202    | -      | [/a, /b]
					application/json                              | dryRun=true              | {"paths":"/a"}                             | 200    | -      | plan of [/a]
					application/json                              | -                        | {"paths":"/a /b/*"}                        | 202    | -      | [/a, /b/*]
					application/json                              | paths=/b                 | {"paths":"/a"}                             | 400    | paths  | -
					application/json                              | -                        | {"paths":"\\n/a\\t/b/*\\u0020 "}           | 202    | -      | [/a, /b/*]
					application/json                              | -                        | {"paths":["/a","/b/*"]}                    | 202    | -      | [/a, /b/*]
					application/json                              | -                        | '{ "paths" : [ "/a" ] , "dryRun" : true }' | 200    | -      | plan of [/a]
					application/json                              | -                        | {"paths":[]}                               | 400    | paths  | -
					application/json                              | -                        | {"paths":[""]}                             | 400    | paths  | -
					application/json                              | -                        | {"paths":["/a",""]}                        | 400    | paths  | -
					application/json                              | -                        | {"paths":["/a /b"]}                        | 400    | paths  | -
					application/json                              | -                        | {"paths":["/a",null]}                      | 400    | paths  | -
					application/json                              | -                        | {"paths":["/a",["/b"]]}                    | 400    | paths  | -
					application/json                              | -                        | {"paths":["/a",{}]}                        | 400    | paths  | -
					application/json                              | -                        | {"paths":{"0":"/a"}}                       | 400    | paths  | -
					application/json                              | -                        | {"paths":"/a","paths":"/b"}                | 202    | -      | [/b]
					application/json                              | -                        | {"paths":null}                             | 400    | paths  | -
					application/json                              | -                        | {"paths":""}                               | 400    | paths  | -
					application/json                              | -                        | {"paths":1}                                | 400    | paths  | -
					application/json                              | -                        | {"path":"/a"}                              | 400    | path   | -
					application/json                              | -                        | {"dryRun":[true,true]}                     | 400    | dryRun | -
					application/json                              | -                        | {"dryRun":null}                            | 400    | dryRun | -
					application/json                              | -                        | {"dryrun":true}                            | 400    | dryrun | -
					application/json                              | -                        | {"wait":5}                                 | 400    | wait   | -
					-                                             | dryrun=true              | -                                          | 400    | dryrun | -
					-                                             | paths=                   | -                                          | 400    | paths  | -
					-                                             | x                        | -                                          | 400    | x      | -
					application/json                              | -                        | null                                       | 400    | -      | -
					application/json                              | -                        | ' null '                                   | 400    | -      | -
					application/json                              | wait=1s                  | null                                       | 400    | -      | -
					application/json                              | -                        | true                                       | 400    | -      | -
					application/json                              | -                        | 1                                          | 400    | -      | -
					application/json                              | -                        | '"/a"'                                     | 400    | -      | -
					application/json                              | -                        | '""'                                       | 400    | -      | -
					application/json                              | -                        | []                                         | 400    | -      | -
					application/json                              | -                        | ["/a"]                                     | 400    | -      | -
					application/json                              | -                        | ' '                                        | 400    | -      | -
					application/json                              | -                        | {                                          | 400    | -      | -
					application/json                              | -                        | {}}                                        | 400    | -      | -
					application/json                              | -                        | {}{"paths":"/a"}                           | 400    | -      | -
					application/json                              | -                        | {} null                                    | 400    | -      | -
					application/json                              | -                        | {"paths":                                  | 400    | -      | -
					application/json                              | -                        | {"paths":"/a"                              | 400    | -      | -
					application/json                              | -                        | {"paths":"/a",}                            | 400    | -      | -
					application/json                              | -                        | {"paths":"/a                               | 400    | -      | -
					application/json                              | -                        | {paths:"/a"}                               | 400    | -      | -
					application/json                              | -                        | {"paths":/a}                               | 400    | -      | -
					application/json                              | -                        | {"paths":"\\x"}                            | 400    | -      | -
					application/json                              | -                        | {"paths":"\\u00g0"}                        | 400    | -      | -
					application/json                              | -                        | dryRun=true                                | 400    | -      | -
					application/x-www-form-urlencoded             | -                        | {"dryRun":true}                            | 415    | -      | -
					application/x-www-form-urlencoded             | -                        | dryRun=true                                | 415    | -      | -
					application/x-www-form-urlencoded             | -                        | paths=/a                                   | 415    | -      | -
					application/x-www-form-urlencoded             | -                        | -                                          | 415    | -      | -
					application/x-www-form-urlencoded             | dryRun=true              | wait=1s                                    | 415    | -      | -
					multipart/form-data;boundary=x                | -                        | --x--                                      | 415    | -      | -
					text/plain                                    | -                        | {"paths":"/a"}                             | 415    | -      | -
					text/plain                                    | -                        | -                                          | 415    | -      | -
					application/xml                               | -                        | <paths/>                                   | 415    | -      | -
					nonsense                                      | -                        | {}                                         | 415    | -      | -
					-                                             | -                        | {"paths":"/a"}                             | 415    | -      | -
					-                                             | -                        | {}                                         | 415    | -      | -
					-                                             | -                        | null                                       | 415    | -      | -
					""")
	void invalidatesOnlyWhatIsRequested(@Nullable String contentType, @Nullable String query, @Nullable String body,
			int status, @Nullable String field, @Nullable String requested) throws Exception {
		HttpResponse<String> response = send("POST", "cfinvalidate", query, contentType, body, Map.of());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(requests()).containsExactlyElementsOf(Stream.ofNullable(requested).toList());
		if (status >= 400) {
			assertThat(JsonPath.<String>read(response.body(), "$.error")).isNotBlank();
			assertThat(JsonPath.<Map<String, Object>>read(response.body(), "$").get("field")).isEqualTo(field);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# Sec-Fetch-Site | Origin                      | X-Forwarded-Host    | X-Forwarded-Proto | status
			-                | -                           | -                   | -                 | 202
			same-origin      | {self}                      | -                   | -                 | 202
			same-origin      | -                           | -                   | -                 | 202
			same-origin      | https://behind.a.proxy      | -                   | -                 | 202
			none             | -                           | -                   | -                 | 202
			-                | {self}                      | -                   | -                 | 202
			-                | https://ops.example         | ops.example         | https             | 202
			-                | https://ops.example:8443    | ops.example:8443    | https             | 202
			-                | HTTPS://OPS.example         | ops.example:443     | https             | 202
			cross-site       | https://evil.example        | -                   | -                 | 403
			cross-site       | {self}                      | -                   | -                 | 403
			cross-site       | null                        | -                   | -                 | 403
			cross-site       | -                           | -                   | -                 | 403
			same-site        | https://other.127.0.0.1     | -                   | -                 | 403
			same-site        | -                           | -                   | -                 | 403
			''               | -                           | -                   | -                 | 403
			-                | https://evil.example        | -                   | -                 | 403
			-                | null                        | -                   | -                 | 403
			-                | http://127.0.0.1            | -                   | -                 | 403
			-                | http://127.0.0.1:1          | -                   | -                 | 403
			-                | {self}.evil.example         | -                   | -                 | 403
			-                | http://localhost            | -                   | -                 | 403
			-                | https://evil.example        | ops.example         | https             | 403
			-                | http://ops.example          | ops.example         | https             | 403
			-                | not an origin               | -                   | -                 | 403
			-                | https://evil.example        | ops.example:x       | https             | 403
			""")
	void refusesWhatAPageOfAnotherOriginSends(@Nullable String site, @Nullable String origin,
			@Nullable String forwardedHost, @Nullable String forwardedProto, int status) throws Exception {
		Map<String, String> headers = new LinkedHashMap<>();
		put(headers, "Sec-Fetch-Site", site);
		put(headers, "Origin", (origin != null) ? origin.replace("{self}", origin()) : null);
		put(headers, "X-Forwarded-Host", forwardedHost);
		put(headers, "X-Forwarded-Proto", forwardedProto);
		HttpResponse<String> post = send("POST", "cfinvalidate", null, null, null, headers);
		assertThat(post.statusCode()).as(post.body()).isEqualTo(status);
		assertThat(requests()).hasSize((status == 202) ? 1 : 0);
		HttpResponse<String> delete = send("DELETE", "cfpaths", "path=/a", null, null, headers);
		assertThat(delete.statusCode()).as(delete.body()).isEqualTo((status == 202) ? 204 : status);
		if (status != 202) {
			assertThat(JsonPath.<String>read(post.body(), "$.error")).contains("another origin")
				.contains((origin != null) ? "Origin" : "Sec-Fetch-Site");
			assertThat(delete.body()).isEqualTo(post.body());
		}
		assertThat(send("GET", "cfinvalidate", null, null, null, headers).statusCode()).isEqualTo(200);
	}

	@Test
	void doesNotTouchOtherEndpoints() throws Exception {
		Map<String, String> foreign = Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site");
		assertThat(send("POST", "loggers/none", null, "application/json", "{\"configuredLevel\":null}", foreign)
			.statusCode()).isEqualTo(204);
		assertThat(send("POST", "loggers/none", null, "text/plain", "x", Map.of()).statusCode()).isEqualTo(415);
	}

	@Test
	void takesLargeBody() throws Exception {
		String body = "{\"paths\":\"%s\"}".formatted("/a ".repeat(300_000));
		HttpResponse<String> response = send("POST", "cfinvalidate", null, "application/json", body, Map.of());
		assertThat(response.statusCode()).isEqualTo(takesLargeBodies() ? 202 : 413);
		assertThat(requests()).isEqualTo(takesLargeBodies() ? List.of("[/a]") : List.of());
	}

	@Test
	void refusesBodyThatIsTooLarge() throws Exception {
		String body = "{\"paths\":\"%s\"}".formatted("/a ".repeat(EndpointRequests.MAX_BODY / 3));
		HttpResponse<String> response = send("POST", "cfinvalidate", null, "application/json", body, Map.of());
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(JsonPath.<String>read(response.body(), "$.error")).contains("20,000,000");
		assertThat(requests()).isEmpty();
	}

	final List<String> requests() {
		return this.application.getBean(RecordedRequests.class).take();
	}

	final String origin() {
		return "http://127.0.0.1:" + this.application.getEnvironment().getRequiredProperty(port());
	}

	final HttpResponse<String> send(String method, String endpoint, @Nullable String query,
			@Nullable String contentType, @Nullable String body, Map<String, String> headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI
				.create(origin() + contextPath() + "/actuator/" + endpoint + ((query != null) ? "?" + query : "")))
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		headers.forEach(request::header);
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static void put(Map<String, String> headers, String name, @Nullable String value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

}
