package io.github.cftracker.transaction;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What annotations stand for.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidatesCloudFrontTests {

	@Test
	void evaluatesParametersAndResult() {
		Contexts.run(Shop.class, (shop) -> shop.save(new Product("42", "Acme")), new Selection(List.of("/products/42"),
				List.of("/brands/Acme/*"), List.of("/products/{id}"), List.of("product:42", "brand:acme", "saved:42")));
	}

	@Test
	void evaluatesParametersByPosition() {
		Contexts.run(Shop.class, (shop) -> shop.byPosition("1", "2"), tags("a:1", "b:2"));
	}

	@Test
	void makesValueForEachElementOfCollection() {
		Contexts.run(Shop.class, (shop) -> shop.saveAll(List.of("1", "2", "1")), tags("product:1", "product:2"));
	}

	@Test
	void makesValueForEachElementOfArrayStreamAndOptional() {
		Contexts.run(Shop.class, (shop) -> shop.several(new int[] { 1, 2 }, Stream.of("3", "4"), Optional.of("5")),
				tags("1", "2", "3", "4", "5"));
	}

	@Test
	void invalidatesEverything() {
		Contexts.run(Shop.class, Shop::clear, Selection.ofEverything());
	}

	@Test
	void invalidatesNothingForEmptyCollection(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.saveAll(List.of()));
		assertThat(output).doesNotContain("@InvalidatesCloudFront");
	}

	@Test
	void omitsNullAndBlankValues(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.save(new Product(null, " ")),
				new Selection(List.of(), List.of(), List.of("/products/{id}"), List.of()));
		assertThat(output).contains("WARN")
			.contains("@InvalidatesCloudFront(paths) on " + Shop.class.getName() + ".save()")
			.contains("'/products/#{#product.id}' evaluated to a null or blank value");
	}

	@Test
	void invalidatesNothingIfNoValueIsLeft() {
		Contexts.run(Shop.class, (shop) -> {
			shop.one(null);
			shop.one("  ");
		});
	}

	@Test
	void returnsFromMethodIfExpressionFails(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> assertThat(shop.fails("x")).isEqualTo("returned"), tags("x"));
		assertThat(output).contains("ERROR")
			.contains("@InvalidatesCloudFront(tags) on " + Shop.class.getName() + ".fails()")
			.contains("'#{#tag.nothing}' could not be evaluated", "Fix the expression");
	}

	@Test
	void omitsInvalidValue(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.paths(List.of("/a b", "/c", "d")), new Selection(List.of("/c")));
		assertThat(output).contains("ERROR")
			.contains(".paths(): '#{#paths}' evaluated to an invalid value")
			.contains("'/a b' contains a ' ' at position 2 that must be percent-encoded", "'d' must start with '/'");
	}

	@Test
	void omitsMalformedPattern(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.patterns("/{{", "/a"),
				new Selection(List.of(), List.of("/a"), List.of(), List.of()));
		assertThat(output).contains("ERROR").contains("'/{{' is not a Spring path pattern");
	}

	@Test
	void listAmongTextMakesValueForEachElement() {
		Contexts.run(Shop.class, (shop) -> shop.joined(List.of("1", "2")), new Selection(List.of("/p/1", "/p/2"),
				List.of(), List.of(), List.of("product:1:1", "product:1:2", "product:2:1", "product:2:2")));
	}

	@Test
	void tooManyValuesInvalidateEverything(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.joined(IntStream.range(0, 400).mapToObj(String::valueOf).toList()),
				Selection.ofEverything());
		assertThat(output).contains("WARN").contains("evaluated to more than 100000 values: everything");
	}

	@Test
	void errorInTemplateDoesNotAffectOthers(CapturedOutput output) {
		Contexts.run(Shop.class, (shop) -> shop.overflows(new Endless()), tags("kept"));
		assertThat(output).contains("ERROR").contains("could not be evaluated").contains("StackOverflowError");
	}

	@Test
	void invalidatesNothingIfMethodThrows() {
		Contexts.run(Shop.class, (shop) -> assertThatIllegalStateException().isThrownBy(shop::throwing));
	}

	@Test
	void resolvesBean() {
		Contexts.runner().withBean(Shop.class).withBean("urls", Urls.class).run((context) -> {
			context.getBean(Shop.class).byBean("1");
			assertThat(Contexts.requested(context)).containsExactly(new Selection(List.of("/p/1")));
		});
	}

	@Test
	void findsMetaAnnotation() {
		Contexts.run(Shop.class, Shop::composed, tags("direct", "composed"));
	}

	@Test
	void invalidatesWhenFutureCompletes() {
		CompletableFuture<String> future = new CompletableFuture<>();
		CompletableFuture<String> failed = new CompletableFuture<>();
		Contexts.runner().withBean(Shop.class).run((context) -> {
			assertThat(context.getBean(Shop.class).later(future)).isSameAs(future);
			context.getBean(Shop.class).later(failed);
			assertThat(Contexts.requested(context)).isEmpty();
			future.complete("done");
			failed.completeExceptionally(new IOException());
			assertThat(Contexts.requested(context)).containsExactly(tags("done"));
		});
	}

	@Test
	void findsAnnotationOfInterfaceMethod() {
		Contexts.runner().withBean(Implementing.class).run((context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean(Catalog.class))).isTrue();
			context.getBean(Catalog.class).remove("1");
			context.getBean(Implementing.class).remove("2");
			context.getBean(Catalog.class).rename("3");
			assertThat(Contexts.requested(context)).containsExactly(tags("catalog:1"), tags("catalog:2"),
					tags("own:3"));
		});
	}

	@Test
	void findsAnnotationBehindJdkProxy() {
		Contexts.runner()
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean(Implementing.class)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Catalog.class))).isTrue();
				context.getBean(Catalog.class).remove("1");
				context.getBean(Catalog.class).rename("3");
				assertThat(Contexts.requested(context)).containsExactly(tags("catalog:1"), tags("own:3"));
			});
	}

	@Test
	void findsAnnotationOfGenericMethod() {
		Contexts.runner().withBean(Generic.class).run((context) -> {
			Saves<String> saves = context.getBean(Generic.class);
			saves.save("1");
			assertThat(Contexts.requested(context)).containsExactly(tags("1"));
		});
	}

	private static Selection tags(String... tags) {
		return new Selection(List.of(), List.of(), List.of(), List.of(tags));
	}

	record Product(String id, String brand) {
	}

	static class Endless implements Iterable<Object> {

		@Override
		public Iterator<Object> iterator() {
			return List.<Object>of(this).iterator();
		}

	}

	static class Urls {

		public String of(String id) {
			return "/p/" + id;
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@InvalidatesCloudFront
	@interface InvalidatesTag {

		@AliasFor(annotation = InvalidatesCloudFront.class, attribute = "tags")
		String value();

	}

	static class Shop {

		@InvalidatesCloudFront(paths = "/products/#{#product.id}", matching = "/brands/#{#product.brand}/*",
				routes = "/products/{id}",
				tags = { "product:#{#product.id}", "brand:#{#product.brand}", "saved:#{#result}" })
		String save(Product product) {
			return product.id();
		}

		@InvalidatesCloudFront(tags = { "a:#{#p0}", "b:#{#a1}" })
		void byPosition(String first, String second) {
		}

		@InvalidatesCloudFront(tags = "#{#ids.![\"product:\" + #this]}")
		void saveAll(List<String> ids) {
		}

		@InvalidatesCloudFront(tags = { "#{#array}", "#{#stream}", "#{#optional}" })
		void several(int[] array, Stream<String> stream, Optional<String> optional) {
		}

		@InvalidatesCloudFront(everything = true)
		void clear() {
		}

		@InvalidatesCloudFront(tags = { "#{#tag}", "tag:#{#tag}" }, paths = "/#{#tag}*")
		void one(String tag) {
		}

		@InvalidatesCloudFront(tags = { "#{#tag.nothing}", "#{#tag}" })
		String fails(String tag) {
			return "returned";
		}

		@InvalidatesCloudFront(paths = "#{#paths}")
		void paths(List<String> paths) {
		}

		@InvalidatesCloudFront(matching = { "#{#first}", "#{#second}" })
		void patterns(String first, String second) {
		}

		@InvalidatesCloudFront(tags = { "#{#endless}", "kept" })
		void overflows(Endless endless) {
		}

		@InvalidatesCloudFront(tags = "product:#{#ids}:#{#ids}", paths = "/p/#{#ids}")
		void joined(List<String> ids) {
		}

		@InvalidatesCloudFront(everything = true)
		void throwing() {
			throw new IllegalStateException();
		}

		@InvalidatesCloudFront(paths = "#{@urls.of(#id)}")
		void byBean(String id) {
		}

		@InvalidatesTag("composed")
		@InvalidatesCloudFront(tags = "direct")
		void composed() {
		}

		@InvalidatesCloudFront(tags = "#{#result}")
		CompletionStage<String> later(CompletableFuture<String> future) {
			return future;
		}

	}

	interface Catalog {

		@InvalidatesCloudFront(tags = "catalog:#{#item}")
		void remove(String item);

		@InvalidatesCloudFront(tags = "catalog:#{#item}")
		void rename(String item);

	}

	static class Implementing implements Catalog {

		@Override
		public void remove(String id) {
		}

		@Override
		@InvalidatesCloudFront(tags = "own:#{#id}")
		public void rename(String id) {
		}

	}

	interface Saves<T> {

		void save(T entity);

	}

	static class Generic implements Saves<String> {

		@Override
		@InvalidatesCloudFront(tags = "#{#entity}")
		public void save(String entity) {
		}

	}

}
