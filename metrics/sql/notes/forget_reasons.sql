-- one row: how many were said of why customers left, and are said no more
delete from given_reasons;
