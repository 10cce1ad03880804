package io.github.cftracker.tracking;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestSourceTests {

	@Test
	void anyRequestIsAcceptedWithoutALookAtItsHeaders() {
		assertThat(RequestSource.ANY.accepts((name) -> {
			throw new IllegalStateException(name);
		})).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			X-Amz-Cf-Id | dk8sP3==                                                             | true
			Via         | 2.0 8bf3.cloudfront.net (CloudFront)                                 | true
			Via         | 1.1 8bf3.cloudfront.net (CLOUDFRONT), 1.1 proxy                      | true
			Via         | 1.1 8bf3.cloudfront.net (cloudfront)                                 | true
			User-Agent  | Amazon CloudFront                                                    | true
			Via         | 1.1 proxy                                                            | false
			Via         | 1.1 cloudfront                                                       | false
			User-Agent  | Mozilla/5.0                                                          | false
			User-Agent  | Mozilla/5.0 (Amazon CloudFront)                                      | false
			X-Amz-Cf    | dk8sP3==                                                             | false
			""")
	void cloudFrontIsToldByAnyOfItsHeadersAlone(String name, String value, boolean accepted) {
		assertThat(accepts(RequestSource.CLOUDFRONT, Map.of(name, value))).isEqualTo(accepted);
	}

	@Test
	void cloudFrontIsNotWhoSaysNothing() {
		assertThat(accepts(RequestSource.CLOUDFRONT, Map.of())).isFalse();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			old-secret,            true
			new-secret,            true
			wrong,                 false
			old,                   false
			old-secret2,           false
			Old-Secret,            false
			' old-secret',         false
			'old-secret,new-secret', false
			'',                    false
			""")
	void theSecretIsOneOfSeveral(String value, boolean accepted) {
		RequestSource source = RequestSource.secretHeader("X-Origin-Secret", List.of("old-secret", "new-secret"));
		assertThat(accepts(source, Map.of("X-Origin-Secret", value))).isEqualTo(accepted);
	}

	@Test
	void theSecretIsInItsHeaderAndNoOther() {
		RequestSource source = RequestSource.secretHeader("X-Origin-Secret", List.of("secret"));
		assertThat(accepts(source, Map.of("x-origin-secret", "secret"))).isTrue();
		assertThat(accepts(source, Map.of("X-Secret", "secret", "X-Amz-Cf-Id", "1"))).isFalse();
		assertThat(accepts(source, Map.of())).isFalse();
	}

	@Test
	void nobodyKnowsASecretThatThereIsNot() {
		assertThat(accepts(RequestSource.secretHeader("X-Origin-Secret", List.of()), Map.of("X-Origin-Secret", "")))
			.isFalse();
	}

	private static boolean accepts(RequestSource source, Map<String, String> headers) {
		TreeMap<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		ignoringCase.putAll(headers);
		return source.accepts(ignoringCase::get);
	}

}
