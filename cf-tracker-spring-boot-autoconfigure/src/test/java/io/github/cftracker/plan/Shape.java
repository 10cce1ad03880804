package io.github.cftracker.plan;

import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Form of an application's paths, which are generated on demand to save memory.
 */
enum Shape {

	SHOP((i) -> switch (i % 10) {
		case 7 -> "/products/" + (i - 1) + "/reviews";
		case 8 -> "/products/" + (i - 8) + "/reviews?page=2";
		case 9 -> "/categories/" + i % 37 + "?page=" + i;
		default -> "/products/" + i;
	}),

	BLOG((i) -> switch (i % 10) {
		case 8 -> "/tag/word-" + i;
		case 9 -> "/author/" + i % 500 + "?page=" + i;
		default -> "/" + (2000 + i % 25) + "/" + (10 + i / 25 % 12) + "/post-" + i;
	}),

	API((i) -> switch (i % 3) {
		case 0 -> "/api/items?page=" + i + "&sort=price";
		case 1 -> "/api/items/" + i + "?fields=name";
		default -> "/search?q=" + Integer.toHexString(i * 0x9E3779B9);
	}),

	ONE_FOLDER((i) -> "/assets/images/" + Integer.toHexString(i * 0x9E3779B9) + ".png"),

	PAIRS((i) -> "/p" + i / 2 + "/" + i % 2),

	TENS((i) -> "/f" + i / 10 + "/" + i % 10),

	LONG_COMMON_PREFIXES((i) -> "/a-folder-with-a-long-name".repeat(4) + "/" + i % 100 + "/" + i),

	NAMES_THAT_BEGIN_LIKE_OTHERS((i) -> "/" + "a".repeat(1 + i % 100) + ((i < 100) ? "" : "?x=" + i)),

	THIRTY_FOLDERS((i) -> {
		StringBuilder path = new StringBuilder();
		for (int bit = 29; bit >= 0; bit--) {
			path.append('/').append((Integer.reverse(i * 0x9E3779B9) >>> 2 >>> bit) & 1);
		}
		return path.append('/').append(i).toString();
	});

	private final IntFunction<String> path;

	Shape(IntFunction<String> path) {
		this.path = path;
	}

	String path(int index) {
		return this.path.apply(index);
	}

	/**
	 * Tracked paths that are not selected.
	 */
	enum Others {

		NONE, EVERY_TENTH, NEXT_DOOR;

		boolean isSelected(int index) {
			return this != EVERY_TENTH || index % 10 != 3;
		}

		/**
		 * Generate the unselected paths, a tenth of the tracked ones.
		 */
		void forEach(Shape shape, int size, Consumer<String> action) {
			for (int i = 3; i < size && this != NONE; i += 10) {
				action.accept((this == EVERY_TENTH) ? shape.path(i) : "/old" + shape.path(i));
			}
		}

	}

}
