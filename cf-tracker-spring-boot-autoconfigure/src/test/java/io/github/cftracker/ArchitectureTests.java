package io.github.cftracker;

import java.util.Arrays;
import java.util.List;
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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The drawing of the house, executable: {@code autoconfigure} may use the rooms, the
 * rooms may use the core, two of them {@code expression}, and nothing else.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.cftracker";

	private static final String[] CORE = { ROOT, ROOT + ".distribution..", ROOT + ".plan..", ROOT + ".text..",
			ROOT + ".thread..", ROOT + ".tracking..", ROOT + ".recording..", ROOT + ".run.." };

	private static final String[] ROOMS = { "redis", "memory", "cloudfront", "web", "actuate", "scheduling",
			"transaction" };

	private static final List<Class<?>> PUBLIC_BEANS = List.of(CloudFrontInvalidator.class, UrlTracker.class,
			UrlStore.class, PathPatterns.class, AfterCommitInvalidator.class);

	private static final JavaClasses ALL = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT)
		.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".test..")));

	/**
	 * Types of the API whose signatures name a library, because users call or implement
	 * them with its types. No other class of the core needs them.
	 */
	private static final DescribedPredicate<JavaClass> NAMES_A_LIBRARY = JavaClass.Predicates
		.belongToAnyOf(ResponseTags.class, CloudFrontClientCustomizer.class)
		.as("name a library in the API");

	@Test
	void theCoreKnowsOnlyTheJdkSlf4jAndJSpecify() {
		classes().that()
			.resideInAnyPackage(CORE)
			.and(DescribedPredicate.not(NAMES_A_LIBRARY))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(with(CORE, "java..", "org.slf4j..", "org.jspecify.."))
			.check(ALL);
	}

	@Test
	void roomsKnowTheCoreButNotEachOther() {
		for (String room : ROOMS) {
			for (String other : ROOMS) {
				if (!room.equals(other)) {
					noClasses().that()
						.resideInAPackage(in(room))
						.should()
						.dependOnClassesThat()
						.resideInAPackage(in(other))
						.check(ALL);
				}
			}
		}
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
	void nobodyKnowsTheAutoConfiguration() {
		noClasses().that()
			.resideOutsideOfPackage(in("autoconfigure"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(in("autoconfigure"))
			.check(ALL);
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
	void packagesHaveNoCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ALL);
		noClasses().that()
			.resideInAPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".*..")
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
