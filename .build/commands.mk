# Commands of the front end.

clean:
	@rm -rf $(VAR)

cleanall: clean
	@rm -rf $(BUILD_DIR)/share $(BUILD_DIR)/lib $(BUILD_DIR)/test

distclean:
	@rm -rf $(BUILD_DIR)
