create table product (id bigint primary key, name varchar(100), brand varchar(100));
