package io.github.cftracker.tracking;

import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.Doctor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseFindingsTests {

	private final Doctor doctor = new Doctor();

	private final ResponseFindings findings = new ResponseFindings(this.doctor);

	@ParameterizedTest
	@ValueSource(strings = { "/a;jsessionid=0F3", "/a;JSESSIONID=0F3", "/a;v=1;jsessionid=0F3?x=1" })
	void reportsPathWithSessionIdAndHidesIt(String path) {
		tracked(path, "max-age=60", false);
		tracked("/b;jsessionid=1", "max-age=60", false);
		assertThat(finding().id()).isEqualTo("session-id-in-path");
		assertThat(finding().problem()).contains("'/a").doesNotContain("0F3");
		assertThat(finding().fix()).contains("server.servlet.session.tracking-modes=cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a", "/a;v=1", "/jsessionid=1", "/a;jsessionids=1", "/a;" })
	void ignoresPathWithoutSessionId(String path) {
		tracked(path, "max-age=60", false);
		assertThat(this.doctor.findings()).isEmpty();
	}

	@Test
	void reportsCookieOnceAndLooksForNoOther() {
		assertThat(this.findings.watchesCookies()).isTrue();
		tracked("/a", "max-age=60, no-cache=\"Set-Cookie\"", true);
		this.findings.tracked(List.of(), new ObservedResponse(200, null, true));
		assertThat(this.doctor.findings()).isEmpty();
		assertThat(this.findings.watchesCookies()).isTrue();
		tracked("/b", null, true);
		tracked("/c", null, true);
		assertThat(finding().id()).isEqualTo("set-cookie-cached");
		assertThat(finding().problem()).contains("'/b'");
		assertThat(this.findings.watchesCookies()).isFalse();
	}

	@Test
	void hidesSessionIdOfPageWithCookie() {
		tracked("/a;jsessionid=0F3", null, true);
		assertThat(this.doctor.findings()).hasSize(2).noneMatch((finding) -> finding.problem().contains("0F3"));
	}

	private void tracked(String path, String cacheControl, boolean setsCookie) {
		this.findings.tracked(List.of(path), new ObservedResponse(200, cacheControl, setsCookie));
	}

	private Finding finding() {
		assertThat(this.doctor.findings()).hasSize(1);
		return this.doctor.findings().get(0);
	}

}
