package io.github.cftracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The map of CONTRIBUTING.md, executable: which package may use which, and which library.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.cftracker";

	private static final String[] BASE = { "text", "thread" };

	private static final String[] ADAPTERS = { "redis", "memory", "cloudfront", "web", "actuate", "scheduling",
			"transaction" };

	private static final String[] WITHOUT_LIBRARIES = { ROOT, ROOT + ".distribution..", ROOT + ".plan..",
			ROOT + ".recording..", ROOT + ".text..", ROOT + ".thread..", ROOT + ".tracking..", ROOT + ".run..",
			ROOT + ".memory.." };

	/**
	 * Type of another package than the API or the test support.
	 */
	private static final Pattern INTERNAL = Pattern
		.compile("io\\.github\\.cftracker\\.(?!(test|sample)\\.)[a-z]\\w*\\.[\\w.]*");

	private static final List<Class<?>> PUBLIC_BEANS = List.of(CloudFrontInvalidator.class, UrlTracker.class,
			UrlStore.class, PathPatterns.class, AfterCommitInvalidator.class, NotFoundHandler.class);

	private static final JavaClasses ALL = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT)
		.that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(ROOT + ".test..", ROOT + ".testing..")));

	/**
	 * Types of the API whose signatures name a library, because users call or implement
	 * them with its types. No other class of the core needs them.
	 */
	private static final DescribedPredicate<JavaClass> NAMES_A_LIBRARY = JavaClass.Predicates
		.belongToAnyOf(ResponseTags.class, CloudFrontClientCustomizer.class)
		.as("name a library in the API");

	@Test
	void packagesUseThoseThatTheMapShows() {
		String[] core = with(BASE, "distribution", "tracking", "recording", "plan", "run");
		LayeredArchitecture map = layeredArchitecture().consideringOnlyDependenciesInLayers()
			.ensureAllClassesAreContainedInArchitecture()
			.withOptionalLayers(true)
			.layer("api")
			.definedBy(ROOT)
			.whereLayer("api")
			.mayNotAccessAnyLayer();
		map = arrows(map, "text");
		map = arrows(map, "thread");
		map = arrows(map, "distribution", BASE);
		map = arrows(map, "tracking", with(BASE, "distribution"));
		map = arrows(map, "recording", with(BASE, "tracking", "distribution"));
		map = arrows(map, "plan", with(BASE, "distribution"));
		map = arrows(map, "run", with(BASE, "plan", "distribution"));
		map = arrows(map, "expression", BASE);
		for (String adapter : ADAPTERS) {
			boolean evaluates = List.of("web", "transaction").contains(adapter);
			map = arrows(map, adapter, evaluates ? with(core, "expression") : core);
		}
		arrows(map, "autoconfigure", with(with(core, ADAPTERS), "expression")).check(ALL);
	}

	private static LayeredArchitecture arrows(LayeredArchitecture map, String name, String... others) {
		return map.layer(name).definedBy(in(name)).whereLayer(name).mayOnlyAccessLayers(with(others, "api"));
	}

	@Test
	void coreAndMemoryUseOnlyTheJdkSlf4jAndJSpecify() {
		classes().that()
			.resideInAnyPackage(WITHOUT_LIBRARIES)
			.and(DescribedPredicate.not(NAMES_A_LIBRARY))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(with(WITHOUT_LIBRARIES, "java..", "org.slf4j..", "org.jspecify.."))
			.check(ALL);
	}

	@Test
	void everyPackageButTheApiIsInternal() throws Exception {
		assertThat(sources("src/main/java")).filteredOn((file) -> file.endsWith("package-info.java"))
			.hasSizeGreaterThan(10)
			.allSatisfy((file) -> assertThat(Files.readString(file).contains("Internal: "))
				.isEqualTo(!file.getParent().endsWith("cftracker")));
	}

	@Test
	void theApiHasLessThan60Types() {
		assertThat(ALL.stream()
			.filter((type) -> ROOT.equals(type.getPackageName()) && type.getModifiers().contains(JavaModifier.PUBLIC)))
			.hasSizeBetween(20, 59);
	}

	@Test
	void applicationsUseTheApiAlone() throws Exception {
		List<Path> files = Stream
			.concat(sources("../sample-app/src").stream(), sources("../consumers/projects").stream())
			.toList();
		assertThat(files).hasSizeGreaterThan(50)
			.allSatisfy((file) -> assertThat(INTERNAL.matcher(Files.readString(file)).results().map(MatchResult::group))
				.as(file.toString())
				.isEmpty());
	}

	private static List<Path> sources(String directory) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(directory))) {
			return files
				.filter((file) -> file.toString().matches(".*\\.(java|kt)") && !file.toString().contains("/target/"))
				.toList();
		}
	}

	@Test
	void onlyTwoTypesOfTheApiNameALibrary() {
		classes().that()
			.belongToAnyOf(ResponseTags.class)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT, "java..", "org.jspecify..", "jakarta.servlet..")
			.check(ALL);
		classes().that()
			.belongToAnyOf(CloudFrontClientCustomizer.class)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT, "java..", "org.jspecify..", "software.amazon..")
			.check(ALL);
	}

	@Test
	void everyLibraryHasOneRoom() {
		only("redis", "org.springframework.data..", "io.lettuce..").check(ALL);
		only("cloudfront", "software.amazon..", "io.awspring..").check(ALL);
		only("web", "jakarta.servlet..", "org.springframework.web..").check(ALL);
		only("actuate", "org.springframework.boot.actuate..", "org.springframework.boot.health..", "com.fasterxml..",
				"io.micrometer..")
			.check(ALL);
		noClasses().that()
			.resideOutsideOfPackages(in("expression"), in("web"), in("transaction"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.expression..")
			.check(ALL);
		only("transaction", "org.springframework.transaction..", "org.springframework.aop..", "org.aopalliance..")
			.check(ALL);
	}

	@Test
	void templatesKnowSpringExpressionAndTheApiOnly() {
		classes().that()
			.resideInAPackage(in("expression"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(in("expression"), ROOT, "java..", "org.jspecify..", "org.springframework.core..",
					"org.springframework.expression..", "org.springframework.util..")
			.check(ALL);
		noClasses().that()
			.resideOutsideOfPackages(in("expression"), in("web"), in("transaction"), in("autoconfigure"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(in("expression"))
			.check(ALL);
	}

	@Test
	void classesOfRoomHaveNoCycles() {
		for (String room : List.of("web", "transaction", "expression")) {
			slices().assignedFrom(topLevelClassesOf(room)).should().beFreeOfCycles().check(ALL);
		}
	}

	private static SliceAssignment topLevelClassesOf(String room) {
		return new SliceAssignment() {

			@Override
			public String getDescription() {
				return "top-level classes of " + room;
			}

			@Override
			public SliceIdentifier getIdentifierOf(JavaClass type) {
				return JavaClass.Predicates.resideInAPackage(in(room)).test(type)
						? SliceIdentifier.of(type.getName().split("\\$", 2)[0]) : SliceIdentifier.ignore();
			}

		};
	}

	@Test
	void autoConfigurationsAreFinalAndHoldNothingPublic() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.bePublic()
			.check(ALL);
		methods().that().areAnnotatedWith(Bean.class).should(notBePublic()).check(ALL);
	}

	@Test
	void publicBeansCanBeReplacedAndProxied() {
		methods().that().areAnnotatedWith(Bean.class).should(nameOnlyInterfacesOfPublicBeans()).check(ALL);
		for (Class<?> type : PUBLIC_BEANS) {
			classes().that()
				.implement(type)
				.and()
				.areTopLevelClasses()
				.should()
				.notHaveModifier(JavaModifier.FINAL)
				.check(ALL);
		}
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(ALL.stream().map(JavaClass::getPackage).distinct().toList()).allSatisfy(
				(thePackage) -> assertThat(thePackage.isAnnotatedWith(NullMarked.class)).as(thePackage.getName())
					.isTrue());
	}

	private static ArchRule only(String room, String... libraries) {
		return noClasses().that()
			.resideOutsideOfPackages(in(room), in("autoconfigure"))
			.and(DescribedPredicate.not(NAMES_A_LIBRARY))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(libraries);
	}

	/**
	 * A mock or a proxy is not of a class that implements the interface.
	 */
	private static ArchCondition<JavaMethod> nameOnlyInterfacesOfPublicBeans() {
		return new ArchCondition<>("name only the interfaces of public beans") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
					.flatMap((type) -> type.getAllInvolvedRawTypes().stream())
					.filter((type) -> PUBLIC_BEANS.stream()
						.anyMatch((bean) -> type.isAssignableTo(bean) && !type.isEquivalentTo(bean)))
					.forEach((type) -> events.add(SimpleConditionEvent.violated(method,
							"%s has the type %s".formatted(method.getFullName(), type.getName()))));
			}

		};
	}

	private static ArchCondition<JavaMethod> notBePublic() {
		return new ArchCondition<>("not be public") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean isPublic = method.getModifiers().contains(JavaModifier.PUBLIC);
				events.add(new SimpleConditionEvent(method, !isPublic, method.getFullName() + " is public"));
			}

		};
	}

	private static String in(String room) {
		return ROOT + "." + room + "..";
	}

	private static String[] with(String[] packages, String... more) {
		String[] all = Arrays.copyOf(packages, packages.length + more.length);
		System.arraycopy(more, 0, all, packages.length, more.length);
		return all;
	}

}
