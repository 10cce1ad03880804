package io.github.cftracker.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The POMs that are published. The BOM has no parent, so what it repeats is compared.
 */
class PublishedTests {

	private final Document parent = read("../pom.xml");

	private final Document bom = read("../cf-tracker-bom/pom.xml");

	@ParameterizedTest
	@ValueSource(strings = { "groupId", "version", "url", "licenses/license/name", "licenses/license/url",
			"developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url" })
	void theBomSaysTheSameAsTheParent(String element) {
		assertThat(texts(this.parent, "/project/" + element)).hasSize(1)
			.doesNotContain("")
			.isEqualTo(texts(this.bom, "/project/" + element));
	}

	@Test
	void theBomNamesWhatIsPublishedWithTheVersionOfTheProject() {
		List<String> published = texts(this.parent, "/project/modules/module").stream()
			.filter((module) -> module.startsWith("cf-tracker-spring-boot"))
			.toList();
		assertThat(texts(this.bom, "//dependency/artifactId")).containsExactlyInAnyOrderElementsOf(published);
		assertThat(texts(this.bom, "//dependency/version")).containsOnly("${project.version}");
		assertThat(texts(this.bom, "//dependency/groupId")).containsOnly("io.github.cftracker");
	}

	@Test
	void otherModulesAreNeitherDeployedNorInstalled() {
		assertThat(texts(this.parent, "//modules/module"))
			.filteredOn((module) -> !module.startsWith("cf-tracker-spring-boot") && !module.equals("cf-tracker-bom"))
			.contains("cf-tracker-testing", "sample-app", "benchmarks")
			.allSatisfy((module) -> {
				Document pom = read("../" + module + "/pom.xml");
				assertThat(texts(pom, "/project/properties/maven.deploy.skip")).as(module).containsExactly("true");
				assertThat(texts(pom, "/project/properties/maven.install.skip")).as(module).containsExactly("true");
			});
	}

	@Test
	void theBomKnowsThePluginThatRunsTheSample() {
		assertThat(texts(this.bom, "/project/build//plugin/version"))
			.isEqualTo(texts(this.parent, "//spring-boot.version"));
		assertThat(texts(this.bom, "//spring-boot.run.skip")).isEqualTo(texts(this.parent, "//spring-boot.run.skip"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "maven-gpg-plugin", "central-publishing-maven-plugin" })
	void theBomIsReleasedByTheSamePlugins(String plugin) {
		String version = "//profile[id='release']//plugin[artifactId='" + plugin + "']/version";
		assertThat(texts(this.parent, version)).containsExactly("${" + plugin + ".version}");
		assertThat(texts(this.bom, version)).hasSize(1)
			.isEqualTo(texts(this.parent, "/project/properties/" + plugin + ".version"));
	}

	@Test
	void theDocumentationNamesTheTestedVersionsOfTheAwsSdk() throws IOException {
		String oldest = texts(read("../compatibility/aws-sdk-2.31/pom.xml"), "//aws-sdk.version").get(0);
		String newest = texts(this.parent, "//aws-sdk.version").get(0);
		assertThat(Files.readString(Path.of("../docs/aws-sdk.md")))
			.contains("Every version from %s to %s works".formatted(oldest, newest));
	}

	@Test
	void everyModuleHasANameAndADescription() {
		assertThat(texts(this.parent, "/project/modules/module")).allSatisfy((module) -> {
			Document pom = read("../" + module + "/pom.xml");
			assertThat(texts(pom, "/project/name")).as(module).hasSize(1);
			assertThat(texts(pom, "/project/description")).as(module).hasSize(1);
		});
	}

	@Test
	void testsOfProfilesExist() throws Exception {
		List<String> tests = texts(this.parent, "/project/profiles/profile/properties/test");
		assertThat(tests).contains("ChaosTests");
		try (Stream<Path> files = Files.walk(Path.of("../cf-tracker-spring-boot-autoconfigure/src/test/java"))) {
			assertThat(files.map((file) -> file.getFileName().toString()).toList())
				.containsAll(tests.stream().map((test) -> test + ".java").toList());
		}
	}

	private static Document read(String path) {
		try {
			return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(path).toFile());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> texts(Document document, String path) {
		try {
			NodeList nodes = (NodeList) XPathFactory.newInstance()
				.newXPath()
				.evaluate(path, document, XPathConstants.NODESET);
			return IntStream.range(0, nodes.getLength())
				.mapToObj((index) -> nodes.item(index).getTextContent().strip())
				.toList();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
