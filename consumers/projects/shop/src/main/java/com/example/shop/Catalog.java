package com.example.shop;

import java.util.List;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and changes products.
 */
@Service
public class Catalog {

	private final ProductRepository products;

	private final AfterCommitInvalidator afterCommit;

	public Catalog(ProductRepository products, AfterCommitInvalidator afterCommit) {
		this.products = products;
		this.afterCommit = afterCommit;
	}

	public List<Product> all() {
		return this.products.findAll();
	}

	@Cacheable("names")
	public String name(long id) {
		return this.products.findById(id).orElseThrow().getName();
	}

	@Transactional
	@CacheEvict(cacheNames = "names", key = "#p0")
	@InvalidatesCloudFront(tags = "product:#{#id}")
	public void rename(long id, String name) {
		this.products.findById(id).orElseThrow().setName(name);
	}

	@Transactional
	@CacheEvict(cacheNames = "names", key = "#p0.id")
	public void replace(Product product) {
		this.products.save(product);
		this.afterCommit.invalidate(InvalidationRequest.ofTags("product:" + product.getId()));
	}

}
