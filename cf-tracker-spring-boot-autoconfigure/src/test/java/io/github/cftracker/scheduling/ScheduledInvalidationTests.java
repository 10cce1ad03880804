package io.github.cftracker.scheduling;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "cf.tracker.store=memory", "cf.tracker.schedule.cron=* * * * * *" })
@AutoConfigureLocalCloudFront
@DirtiesContext
class ScheduledInvalidationTests {

	@Test
	void invalidatesTrackedPathsOnSchedule(@Autowired UrlStore store, @Autowired LocalCloudFront cloudFront) {
		store.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
		Awaitility.await().until(() -> !cloudFront.invalidations().isEmpty());
		assertThat(cloudFront.invalidations().get(0).paths()).containsExactly("/a");
		assertThat(store.count()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
