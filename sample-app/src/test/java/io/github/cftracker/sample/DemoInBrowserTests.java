package io.github.cftracker.sample;

import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demonstration in a real browser, by keyboard.
 */
@Tag("full")
@DirtiesContext(classMode = ClassMode.BEFORE_EACH_TEST_METHOD)
@Timeout(180)
class DemoInBrowserTests extends AbstractShopTests {

	@TempDir
	private Path profile;

	@LocalServerPort
	private int port;

	@Test
	void theStalePriceIsSeenAndIsFreshAfterAnInvalidation() throws Exception {
		try (Browser browser = Browser.start(this.profile)) {
			ChromeDriver driver = open(browser);
			press(driver, "reload");
			await().until(() -> text(driver, "edge-cache").equals("Hit"));
			assertThat(text(driver, "verdict")).isEqualTo("The origin and the edge show the same page.");
			press(driver, "browse");
			await().until(() -> Integer.parseInt(text(driver, "tracked-count")) == 73);
			press(driver, "price");
			await().until(() -> text(driver, "verdict").startsWith("The edge is stale: it shows 19.90 EUR"));
			assertThat(text(driver, "origin-version")).isEqualTo("version 2");
			assertThat(text(driver, "edge-version")).isEqualTo("version 1");
			press(driver, "dry-run");
			await().until(
					() -> text(driver, "said").startsWith("Nothing was sent. The run would send 73 items for $0.365"));
			assertThat(text(driver, "plan")).contains("/products/: 12", "/products/7/reviews/: 5", "/: 1");
			assertThat(text(driver, "plan-price")).contains("This plan", "73 items, $0.365", "1 item, $0.005");
			assertThat(text(driver, "billed-items")).isEqualTo("0 items");
			browser.takePictures("before");
			press(driver, "invalidate");
			await().pollInterval(Duration.ofMillis(50)).until(() -> isBetween(driver));
			browser.takePictures("during");
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			await().until(() -> text(driver, "verdict").equals("The origin and the edge show the same page."));
			assertThat(text(driver, "edge-version")).isEqualTo("version 2");
			assertThat(text(driver, "edge-cache")).isEqualTo("Miss");
			assertThat(text(driver, "billed-items")).isEqualTo("73 items");
			assertThat(text(driver, "run-numbers")).startsWith("73 tracked paths, 73 of 73 items accepted, $0.365.");
			assertThat(driver.findElements(By.cssSelector("#batches li"))).hasSize(4);
			browser.takePictures("after");
			assertThat(browser.errors()).isEmpty();
		}
	}

	@Test
	void oneProductIsInvalidatedByItsTagAndOthersStay() throws Exception {
		try (Browser browser = Browser.start(this.profile)) {
			ChromeDriver driver = open(browser);
			press(driver, "browse");
			await().until(() -> Integer.parseInt(text(driver, "tracked-count")) == 73);
			select(driver, "what", "tag");
			press(driver, "invalidate");
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			// The product, its reviews, and the list
			assertThat(text(driver, "billed-items")).isEqualTo("7 items");
			assertThat(browser.errors()).isEmpty();
		}
	}

	@Test
	void aRefusalIsShownAndTheNextRunSendsWhatStayed() throws Exception {
		try (Browser browser = Browser.start(this.profile)) {
			ChromeDriver driver = open(browser);
			select(driver, "how", "REFUSE");
			press(driver, "break");
			await().until(() -> text(driver, "said").contains("the permission is missing"));
			press(driver, "invalidate");
			await().until(() -> text(driver, "run-state").equals("FAILED"));
			await().until(() -> text(driver, "error").contains("is not authorized to perform"));
			assertThat(text(driver, "said")).isEqualTo("Paths that were not accepted remain tracked.");
			assertThat(text(driver, "tracked-count")).isNotEqualTo("0");
			assertThat(browser.accessibilityViolations()).isEmpty();
			browser.takePictures("refused");
			press(driver, "invalidate");
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			assertThat(driver.findElement(By.id("error")).isDisplayed()).isFalse();
			assertThat(browser.errors()).isEmpty();
		}
	}

	@Test
	void aBadPathIsFoundAndAThrottledRunGoesOn() throws Exception {
		try (Browser browser = Browser.start(this.profile)) {
			ChromeDriver driver = open(browser);
			press(driver, "browse");
			await().until(() -> Integer.parseInt(text(driver, "tracked-count")) == 73);
			select(driver, "how", "BAD_PATH");
			press(driver, "break");
			press(driver, "invalidate");
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			assertThat(text(driver, "batches")).contains("SPLIT");
			assertThat(text(driver, "billed-items")).isEqualTo("73 items");
			select(driver, "how", "THROTTLE");
			press(driver, "break");
			press(driver, "invalidate");
			await().until(() -> text(driver, "batches").contains("2 attempts"));
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			assertThat(browser.errors()).isEmpty();
		}
	}

	@Test
	void everybodyCanUseIt() throws Exception {
		try (Browser browser = Browser.start(this.profile)) {
			ChromeDriver driver = open(browser);
			press(driver, "dry-run");
			await().until(() -> text(driver, "said").startsWith("Nothing was sent"));
			press(driver, "invalidate");
			await().until(() -> text(driver, "run-state").equals("COMPLETED"));
			for (String scheme : new String[] { "light", "dark" }) {
				browser.scheme(scheme);
				assertThat(browser.accessibilityViolations()).as(scheme).isEmpty();
			}
			for (int width : new int[] { 1280, 390 }) {
				browser.size(width, 900);
				assertThat(browser.overflow()).as("%d pixels", width).isZero();
			}
		}
	}

	private ChromeDriver open(Browser browser) {
		ChromeDriver driver = browser.driver();
		driver.get("http://localhost:" + this.port + "/");
		await().until(() -> !text(driver, "verdict").isEmpty());
		return driver;
	}

	private static boolean isBetween(ChromeDriver driver) {
		String state = text(driver, "run-state");
		double value = Double.parseDouble(driver.findElement(By.id("progress")).getDomProperty("value"));
		return (state.equals("SENDING") || state.equals("IN_PROGRESS")) && value > 0;
	}

	private static void press(ChromeDriver driver, String id) {
		WebElement button = driver.findElement(By.id(id));
		await().until(button::isEnabled);
		button.sendKeys(Keys.ENTER);
	}

	private static void select(ChromeDriver driver, String id, String value) {
		driver.executeScript("arguments[0].value = arguments[1]", driver.findElement(By.id(id)), value);
	}

	private static String text(ChromeDriver driver, String id) {
		return (String) driver.executeScript("return document.getElementById(arguments[0]).innerText.trim()", id);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

}
