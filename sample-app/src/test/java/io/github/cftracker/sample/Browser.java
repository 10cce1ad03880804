package io.github.cftracker.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium or Chrome of this machine, without a window.
 */
final class Browser implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private final ChromeDriver driver;

	private Browser(Path browser, Path driver, Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--user-data-dir=" + profile);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).usingAnyFreePort().build(),
				options);
	}

	/**
	 * Starts it. Where there is none the test is left out, with a word that is hard to
	 * miss; on a build server it fails.
	 */
	static Browser start(Path profile) {
		Optional<Path> browser = find("chromium", "chromium-browser", "google-chrome", "chrome");
		Optional<Path> driver = find("chromedriver");
		if (browser.isEmpty() || driver.isEmpty()) {
			String missing = "No Chromium with its chromedriver on the path: what a browser shows is NOT TESTED";
			if (System.getenv("CI") != null) {
				throw new AssertionError(missing);
			}
			System.err.println(missing);
			Assumptions.abort(missing);
		}
		return new Browser(browser.orElseThrow(), driver.orElseThrow(), profile);
	}

	private static Optional<Path> find(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	ChromeDriver driver() {
		return this.driver;
	}

	/**
	 * Takes pictures wide and narrow, light and dark.
	 */
	void takePictures(String name) {
		for (int width : List.of(1280, 390)) {
			size(width, 900);
			size(width, (Long) this.driver.executeScript("return document.documentElement.scrollHeight"));
			for (String scheme : List.of("light", "dark")) {
				scheme(scheme);
				takePicture("%s-%d-%s.png".formatted(name, width, scheme));
			}
		}
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		this.driver.manage().window().setSize(new Dimension(1280, 900));
		scheme("light");
	}

	void size(int width, long height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void scheme(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				requestAnimationFrame(() => requestAnimationFrame(done));
				""");
	}

	private void takePicture(String file) {
		try {
			Files.createDirectories(SCREENSHOTS);
			String picture = (String) this.driver.executeCdpCommand("Page.captureScreenshot", Map.of()).get("data");
			Files.write(SCREENSHOTS.resolve(file), Base64.getDecoder().decode(picture));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How much wider the page is than the window.
	 */
	long overflow() {
		return (Long) this.driver
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
	}

	/**
	 * What is wrong for people who cannot see or use a mouse, by the rules of axe.
	 */
	List<Object> accessibilityViolations() throws IOException {
		try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
			this.driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
		}
		@SuppressWarnings("unchecked")
		List<Object> violations = (List<Object>) this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document, {iframes: false}).then((result) => done(result.violations
					.map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.html).join(' '))));
				""");
		return violations;
	}

	/**
	 * Everything that the console shows as an error.
	 */
	List<LogEntry> errors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
			.toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
