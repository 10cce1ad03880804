package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Finding;
import io.github.cftracker.distribution.CacheBehavior;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class RequestFindingsTests {

	private static final CacheBehavior PAGES = Distributions.of("/pages/*=app *=app").behaviors().get(0);

	private static final CacheBehavior DEFAULT = Distributions.of("*=app").behaviors().get(0);

	private final DistributionDoctor doctor = new DistributionDoctor();

	private final FormerRules formers = new FormerRules(Duration.ofMinutes(5));

	private final RequestFindings findings = new RequestFindings(this.doctor, true, this.formers);

	@Test
	void reportsEachBehaviorOnce() {
		this.findings.uncached(PAGES, "/pages/1");
		this.findings.uncached(PAGES, "/pages/2");
		this.findings.uncached(DEFAULT, "/a");
		this.findings.cachedDespite(PAGES, "/pages/3");
		this.findings.cachedDespite(PAGES, "/pages/4");
		assertThat(problems()).satisfiesExactlyInAnyOrder(
				(problem) -> assertThat(problem).contains("'/pages/*' caches nothing", "'/pages/1'"),
				(problem) -> assertThat(problem).contains("'*' caches nothing", "'/a'"),
				(problem) -> assertThat(problem).contains("'/pages/*' has a MinTTL greater than 0", "'/pages/3'"));
	}

	@Test
	void reportsOncePathsThatCannotBeSentAndAnUnknownOrigin() {
		this.findings.notTrackable("/*");
		this.findings.notTrackable("/a/*");
		this.findings.unknownOrigin("one.example.org");
		this.findings.unknownOrigin("two.example.org");
		assertThat(problems()).satisfiesExactlyInAnyOrder((problem) -> assertThat(problem).startsWith("'/*'"),
				(problem) -> assertThat(problem).contains("'one.example.org'"));
	}

	@Test
	void reportsNoBehaviorWhereNoneCachesAnything() {
		new RequestFindings(this.doctor, false, this.formers).uncached(DEFAULT, "/a");
		assertThat(problems()).isEmpty();
	}

	@Test
	void reportsNothingWhileCloudFrontMayGoByOtherSettings() {
		this.formers.add(mock(RuleSet.class));
		this.findings.outside("/a");
		assertThat(problems()).isEmpty();
	}

	private List<String> problems() {
		return this.doctor.findings().stream().map(Finding::problem).toList();
	}

}
