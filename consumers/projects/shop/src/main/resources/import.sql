insert into product (id, name) values (1, 'cup'), (2, 'plate'), (3, 'bowl');
