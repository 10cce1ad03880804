CREATE TABLE product (id INT PRIMARY KEY, department INT NOT NULL, name VARCHAR(60) NOT NULL, price DECIMAL(8, 2) NOT NULL);
CREATE INDEX product_department ON product (department);
CREATE TABLE review (id INT PRIMARY KEY, product_id INT NOT NULL, stars INT NOT NULL);
CREATE INDEX review_product ON review (product_id);
INSERT INTO product SELECT x, MOD(x, 20), 'Product ' || x, 5 + MOD(x * 37, 9000) / 100.0 FROM SYSTEM_RANGE(0, 1399);
INSERT INTO review SELECT x, MOD(x, 1400), 1 + MOD(x * 7 + x / 1400, 5) FROM SYSTEM_RANGE(0, 13999);
